with recursive
  owners as (
    select code as conductor, code as owner, approver, code in (select organization from term) as has_term
    from organization where code in (select distinct conductor from roster_entry)
    union all
    select conductor, o.code, o.approver, o.code in (select organization from term)
    from owners join organization o on o.code = owners.approver where not has_term
  ),
  windows as (
    select
      conductor, term.id, greatest(term.start, date '2026-01-30') as first_day, coalesce(actual_end, planned_end) as last_day
    from owners join term on term.organization = owner
    where has_term and last_day >= date '2028-01-30' and first_day <= last_day
  ),
  wanted as (
    select e.id || ',' || w.id as subject, e.conductor, e.organization, first_day, last_day
    from roster_entry e join windows w using (conductor)
    where e.start <= last_day and (e."end" is null or e."end" >= first_day)
  ),
  regular as (
    select conductor, held.organization, held."end"
    from held semi join appointment a on a.person = talkee and a.organization = held.organization and is_head
      and a.start <= held."end" and (a."end" is null or a."end" >= held."end")
    where kind = 'regular'
  ),
  found as (
    select subject, min(regular."end") as fulfilled
    from wanted join regular using (conductor, organization) where regular."end" between first_day and last_day
    group by subject
  )
select subject, last_day as due, fulfilled, if(fulfilled is not null, 'satisfied', waiting(last_day)) as status
from wanted left join found using (subject)
