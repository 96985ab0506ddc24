with
  judged as (
    select held.id, talker, parent, held."end"
    from held join organization o on o.code = held.organization
    semi join appointment a on a.person = talkee and a.organization = held.organization
      and post in ('secretary', 'acting_secretary', 'presiding_deputy')
      and a.start <= held."end" and (a."end" is null or a."end" >= held."end")
    where held.kind = 'regular' and o.kind in ('local_committee', 'working_committee', 'township_committee')
      and level in ('prefecture', 'county', 'township')
  ),
  broken as (
    select judged.id
    from judged anti join appointment a on a.person = talker and a.organization = parent
      and post in ('secretary', 'acting_secretary', 'presiding_deputy')
      and a.start <= judged."end" and (a."end" is null or a."end" >= judged."end")
    where judged."end" >= date '2026-01-30'
  )
select id as subject, null::date as due, null::date as fulfilled, 'violated' as status, 1 as number from broken
union all
select
  null, null, null, 'satisfied',
  (select count(*) from judged where "end" >= date '2026-01-30') - (select count(*) from broken)
union all
select null, null, null, 'not_applicable', count(*) from judged where "end" < date '2026-01-30'
