-- What every query by hand may use. `days` says for each day on which workday a deadline ends that would end on it.

create macro waiting(due) as case
  when getvariable('as_of') > due then 'violated'
  when due - getvariable('as_of') <= 5 then 'due_soon'
  else 'pending' end;

-- the earliest sure day, and whether there is a row without a day, which may have been in time
create macro by_due_day(first_day, undated, due) as case
  when first_day <= due then 'satisfied'
  when undated then 'unknown'
  when first_day is not null then 'late'
  else waiting(due) end;

create macro visible(day) as day is null or day <= getvariable('as_of');

create view held as
  select * from talk where nature = 'supervision' and status = 'completed' and "end" <= getvariable('as_of');
