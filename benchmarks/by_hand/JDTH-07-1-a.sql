with
  judged as (select id, talker, conductor, "end" from held where "end" >= date '2026-01-30'),
  broken as (
    select judged.id
    from judged anti join appointment a on a.person = talker and a.organization = conductor and is_team_member
      and a.start <= judged."end" and (a."end" is null or a."end" >= judged."end")
  )
select id as subject, null::date as due, null::date as fulfilled, 'violated' as status, 1 as number from broken
union all
select null, null, null, 'satisfied', (select count(*) from judged) - (select count(*) from broken)
union all
select null, null, null, 'not_applicable', count(*) from held where "end" < date '2026-01-30'
