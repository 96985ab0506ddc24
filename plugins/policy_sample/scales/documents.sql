-- What conductors write about a year, and what others find out about it.

create macro yearly(turn) as table
  select o, y, o * 4 + y - 2026 as number from organizations(turn), range(2026, 2029) as years(y) where is_conductor(o);

create macro day_in_early(year, number) as make_date(year, 1, 20) + draw('document', number) % 60;

-- what a conductor reports of its talks is right, but for 13-2-c
create macro tallies() as table
  select
    c, year("end") as y, count(*) filter (role <> 'prompt') as regular_count, count(*) filter (role = 'prompt') as prompt_count
  from talks(2)
  where role = 'regular' or other = 'early' or (role = 'prompt' and not (settled and breaks('05-3-c violated', t)))
  group by all;

create view annual_document as
  select
    'W' || digits(number * 4, 'document') as id, code(o) as organization, null::varchar as person,
    'responsibility_list' as kind, y as year, if(y = 2026, date '2026-02-02', make_date(y, 1, 5)) + draw('list', number) % 50 as date,
    not breaks('13-1-a violated', number) as includes_talks, null::bigint as regular_count, null::bigint as prompt_count
  from yearly(1)
  union all
  select
    'W' || digits(number * 4 + 1, 'document'), code(o), null, 'responsibility_report', years.y, day_in_early(years.y + 1, number),
    not breaks('13-2-a violated', number), coalesce(regular_count, 0) + if(breaks('13-2-c violated', number), 1, 0), coalesce(prompt_count, 0)
  from yearly(2) as years left join tallies() as told on c = o and told.y = years.y where years.y < 2028
  union all
  select
    'W' || digits(number * 4 + 2, 'document'), code(o), person(o, 0), 'secretary_debrief', y, day_in_early(y + 1, number + 1),
    not breaks('13-2-b violated', number), null, null
  from yearly(3) where y < 2028;

create view oversight as
  select
    'K' || digits(number, 'oversight') as id, code(o) as organization, code(coalesce(parent(o), o)) as inspector,
    if(draw('oversight', number) < 50000, 'assessment', 'inspection') as kind, make_date(y, 3, 1) + draw('visit', number) % 240 as date,
    not (kind = 'assessment' and breaks('14-1-a violated', number)) as covers_talks,
    if(kind = 'inspection', draw('found', number) % 3, 0) as problems_found,
    not (kind = 'inspection' and breaks('15-1-a violated', number)) as followed_up
  from yearly(4);
