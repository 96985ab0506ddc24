with
  found as (
    select talk, min(date) as first_day, bool_or(date is null) as undated
    from report where kind = 'rectification' and visible(date)
    group by talk
  ),
  judged as (
    select id, "end", first_day, undated, ("end" + interval 3 month)::date as unrolled from held left join found on talk = id
  )
select
  id as subject, rolled as due,
  case
    when "end" < date '2026-01-30' then 'not_applicable' else by_due_day(first_day, undated, rolled) end as status,
  case when status in ('satisfied', 'late') then first_day end as fulfilled
from judged join days on day = unrolled
