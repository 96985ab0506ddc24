with
  judged as (
    select id, talkee, (select rolled from days where day = ("end" + interval 1 month)::date) as month_later,
      (select rolled from days where day = ("end" + interval 3 month)::date) as quarter_later
    from held where "end" >= date '2026-01-30'
  ),
  reported as (
    select
      talk, min(date) filter (kind = 'reflection_and_measures') as reflection, min(date) filter (kind = 'rectification') as rectification,
      coalesce(bool_or(date is null) filter (kind = 'reflection_and_measures'), false) as undated_reflection,
      coalesce(bool_or(date is null) filter (kind = 'rectification'), false) as undated_rectification
    from report where visible(date) group by talk
  ),
  measured as (
    select talk, min(proposed) as proposal, bool_or(proposed is null) as undated from measure where visible(proposed) group by talk
  ),
  open as (
    select
      talkee, [by_due_day(reflection, undated_reflection, month_later), by_due_day(rectification, undated_rectification, quarter_later),
        by_due_day(proposal, undated, month_later)] as statuses
    from judged left join reported on reported.talk = id left join measured on measured.talk = id
    where reflection is null or rectification is null or proposal is null or undated_reflection or undated_rectification or undated
  ),
  told as (
    select talkee, bool_or(list_contains(statuses, 'violated')) as broken, bool_or(list_contains(statuses, 'unknown')) as unclear
    from open group by talkee having broken or unclear
  )
select talkee as subject, null::date as due, null::date as fulfilled, if(broken, 'violated', 'unknown') as status, 1 as number
from told semi join person on person.id = talkee
union all
select null, null, null, 'satisfied', (select count(*) from person) - (select count(*) from told semi join person on person.id = talkee)
