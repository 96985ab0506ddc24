with
  first_report as (
    select talk, min(date) as reported from report where kind = 'rectification' and date <= getvariable('as_of') group by talk
  ),
  judged as (
    select
      held.id, "end", reported,
      if(o.kind in ('party_group', 'group_nature_committee'), 'resident_discipline_team', 'discipline_body') as recipient
    from held join first_report on talk = held.id join organization o on o.code = conductor
  ),
  sent as (
    select talk, recipient_kind as recipient, min(date) as first_day, bool_or(date is null) as undated
    from copy where recipient_kind in ('resident_discipline_team', 'discipline_body') and visible(date)
    group by all
  )
select
  id as subject, rolled as due,
  case
    when "end" < date '2026-01-30' then 'not_applicable' else by_due_day(first_day, undated, rolled) end as status,
  case when status in ('satisfied', 'late') then first_day end as fulfilled
from judged left join sent on sent.talk = id and sent.recipient = judged.recipient join days on day = reported + 30
