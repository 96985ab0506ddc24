with
  wanted as (
    select
      c.id || ',' || e.id as subject, c.id as circumstance, coalesce(confirmed, known, occurred) as began,
      (select rolled from days where day = began + 30) as due
    from circumstance c join roster_entry e using (organization)
    where decision = 'talk_required' and began >= date '2026-01-30' and e.start <= began and (e."end" is null or e."end" >= began)
  ),
  found as (
    select circumstance, min(held."end") as fulfilled
    from talk_circumstance l join held on held.id = l.talk where kind = 'prompt'
    group by circumstance
  )
select subject, due, fulfilled, by_due_day(fulfilled, false, due) as status from wanted left join found using (circumstance)
