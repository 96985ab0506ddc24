with
  places as (
    select code, parent from organization
    where kind in ('local_committee', 'working_committee', 'township_committee') and level in ('prefecture', 'county', 'township')
  ),
  secretaries as (
    select person, organization, start, coalesce("end", date '9999-12-31') as last_day from appointment
    where post in ('secretary', 'acting_secretary', 'presiding_deputy')
      and (organization in (select code from places) or organization in (select parent from places))
  ),
  judged as (
    select held.id, talker, parent, "end"
    from held join places on code = held.organization
    semi join secretaries s on s.person = talkee and s.organization = code and "end" between s.start and last_day
    where kind = 'regular'
  ),
  broken as (
    select judged.id
    from judged anti join secretaries s on s.person = talker and s.organization = parent and "end" between s.start and last_day
    where "end" >= date '2026-01-30'
  )
select id as subject, null::date as due, null::date as fulfilled, 'violated' as status, 1 as number from broken
union all
select
  null, null, null, 'satisfied',
  (select count(*) from judged where "end" >= date '2026-01-30') - (select count(*) from broken)
union all
select null, null, null, 'not_applicable', count(*) from judged where "end" < date '2026-01-30'
