with
  regular as (select id, "end" from held where kind = 'regular'),
  judged as (select id from regular where "end" >= date '2026-01-30'),
  taken as (
    select
      talk, bool_or(step = 'self_report') as self_report, bool_or(step = 'problems') as problems,
      bool_or(step = 'explanation') as explanation, bool_or(step = 'demands') as demands, bool_or(step = 'statement') as statement
    from talk_step where done group by talk
  ),
  incomplete as (
    select
      id, [if(self_report, null, 'self_report'), if(problems, null, 'problems'), if(explanation, null, 'explanation'),
        if(demands, null, 'demands'), if(statement, null, 'statement')] as lacking
    from judged left join taken on talk = id
    where (self_report and problems and explanation and demands and statement) is not true
  ),
  broken as (select id || ',' || step as subject from (select id, unnest(lacking) as step from incomplete) where step is not null)
select subject, null::date as due, null::date as fulfilled, 'violated' as status, 1 as number from broken
union all
select null, null, null, 'satisfied', 5 * (select count(*) from judged) - (select count(*) from broken)
union all
select null, null, null, 'not_applicable', 5 * count(*) from regular where "end" < date '2026-01-30'
