with
  regular as (select id, "end" from held where kind = 'regular'),
  judged as (select id from regular where "end" >= date '2026-01-30'),
  taken as (
    select
      talk,
      bit_or(case step when 'self_report' then 1 when 'problems' then 2 when 'explanation' then 4 when 'demands' then 8 else 16 end) as steps
    from talk_step where done group by talk
  ),
  incomplete as (select id, coalesce(steps, 0) as steps from judged left join taken on talk = id where steps is distinct from 31),
  broken as (
    select id || ',' || step as subject
    from incomplete
    join (values ('self_report', 1), ('problems', 2), ('explanation', 4), ('demands', 8), ('statement', 16)) as each_step(step, bit)
      on steps & bit = 0
  )
select subject, null::date as due, null::date as fulfilled, 'violated' as status, 1 as number from broken
union all
select null, null, null, 'satisfied', 5 * (select count(*) from judged) - (select count(*) from broken)
union all
select null, null, null, 'not_applicable', 5 * count(*) from regular where "end" < date '2026-01-30'
