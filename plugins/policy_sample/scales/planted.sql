-- What was put there on purpose, counted: how many subjects a rule says a status of. Rates say how likely each was; this is what came of it.

create macro held() as table
  select
    *, role = 'regular' as regular, role = 'prompt' as prompt, role = 'regular' and has_wrong_talkee(o, k, repeated) as is_wrong,
    settled and breaks('11-1-a violated', t) or is_undated('11-1-a', t, settled) as no_reflection,
    settled and breaks('11-2-a violated', t) or is_undated('11-2-a', t, settled) as no_rectification
  from supervision(1);

create view planted as
  with
    talked as materialized (from held()),
    others as materialized (select * from talks(1) where other is not null),
    entries as materialized (
      select o, parent(o) as c, in_transition(committee(parent(o))) as transition,
        is_group(parent(o)) and breaks('DQ-6 violated', parent(o)) as termless
      from organizations(1) where o > 0 and o < first_of('rest')),
    conducting as materialized (select o from organizations(1) where is_conductor(o)),
    years as materialized (from yearly(1)),
    circumstance_rows as materialized (from circumstances(1))
  select '02-1-b' as rule, 'violated' as status, count(*) as number from talked where is_wrong
  union all select '02-1-c', 'violated', count(*) from talked where breaks('02-1-c violated', t)
  union all select '02-3-a', 'violated', count(*) from others where misbooked(t, o, c, other)
  union all select '05-2-a', 'violated', count(*) from years where breaks('05-2-a violated', number)
  union all select '05-2-a', 'late', count(*) from years where breaks('05-2-a late', number)
  union all select '05-2-b', 'violated', count(*) from talked where regular and has_item(c, "end") and breaks('05-2-b violated', t)
  union all select '05-2-c', 'violated', count(*) from entries where not termless and not transition and uncovered(o)
  union all select '05-2-ct', 'violated', count(*) from entries where not termless and transition and uncovered(o)
  union all select '05-2-d', 'violated', count(*) from talked where regular and has_item(c, "end") and unbooked(t, settled)
  union all select '05-2-d', 'late', count(*) from talked where regular and has_item(c, "end") and item_late(t, "end")
  union all
    select '05-2-e', 'violated', count(*) from entries
    where not termless and not transition
      and (breaks('05-2-e violated', o) or uncovered(o) and coalesce(turned(o) <> date '2028-08-15', true))
  union all select '05-2-et', 'violated', count(*) from entries where not termless and transition and uncovered(o)
  union all
    select '05-3-a', 'late', count(*) from circumstance_rows
    where role = 'prompt' and breaks('05-3-a late', t) and not breaks('05-3-c violated', t)
  union all
    select unnest(['05-3-a', '05-3-c']), 'violated', count(*) from circumstance_rows
    where role = 'prompt' and settled and breaks('05-3-c violated', t)
  union all select '05-3-b', 'violated', count(*) from talked where prompt and breaks('05-3-b violated', t)
  union all
    select '05-3-d', 'violated', count(*) from circumstance_rows
    where is_other and breaks('05-3-d violated', t) and began >= date '2026-01-30'
  union all select '06-1-a', 'violated', count(*) from talked where breaks('06-1-a violated', t)
  union all select '07-1-a', 'violated', count(*) from talked where is_self(t, o, k) or by_stranger(t, o, k)
  union all select '07-1-b', 'violated', count(*) from talked where breaks('07-1-b violated', t)
  union all select '07-1-b', 'unknown', count(*) from talked where breaks('07-1-b unknown', t)
  union all
    select '07-1-c', 'violated', count(*) from talked
    where is_secretary_talk(o, role) and not is_wrong and (is_self(t, o, k) or by_member(t, o, role))
  union all
    select '07-1-d', 'violated', count(*) from talked where paired(o, k)
      and not uncovered(neighbour(o)) and draw('slot', (neighbour(o) - 1) * getvariable('slots')) < getvariable('shares')[1]
  union all select '08-1-a', 'violated', count(*) from talked where breaks('08-1-a violated', t)
  union all select '08-1-b', 'violated', count(*) from talked where draw('attested', t) < 10000 and breaks('08-1-b violated', t)
  union all select '09-1-a', 'violated', count(*) from talked where regular and breaks('09-1-a violated', t)
  union all select '09-1-b', 'violated', count(*) from talked where regular and breaks('09-1-b violated', t)
  union all select '09-2-a', 'violated', count(*) from talked where prompt and breaks('09-2-a violated', t)
  union all select '10-1-a', 'violated', count(*) from talked where regular and breaks('10-1-a violated', t)
  union all select '10-1-b', 'violated', count(*) from talked where regular and breaks('10-1-b violated', t)
  union all select '10-2-a', 'violated', count(*) from talked where prompt and breaks('10-2-a violated', t)
  union all select '10-2-b', 'violated', count(*) from talked where unrecorded(t, role, settled)
  union all select '11-1-a', 'violated', count(*) from talked where settled and breaks('11-1-a violated', t)
  union all select '11-1-a', 'late', count(*) from talked where settled and breaks('11-1-a late', t)
  union all select '11-1-a', 'unknown', count(*) from talked where settled and breaks('11-1-a unknown', t)
  union all select '11-1-b', 'violated', count(*) from talked where settled and breaks('11-1-b violated', t)
  union all select '11-1-b', 'late', count(*) from talked where settled and breaks('11-1-b late', t)
  union all
    select unnest(['11-1-c', '11-1-f']), 'violated', count(*) from talked
    where settled and has_notice(t, settled) and breaks('11-1-c violated', t)
  union all select '11-1-c', 'late', count(*) from talked where settled and has_notice(t, settled) and breaks('11-1-c late', t)
  union all
    select '11-1-d', 'violated', count(*) from talked
    where breaks('11-1-d violated', t) and reflection_day(t, settled, "end") <= getvariable('as_of')
  union all
    select '11-1-d', 'unknown', coalesce(sum(is_undated('11-1-a', t, settled)::integer + is_undated('11-2-a', t, settled)::integer), 0)
    from talked
  union all
    select '11-1-e', 'violated', coalesce(sum(case
      when not has_measure(t, settled) then 1 + has_two(t)::integer
      when breaks('11-1-e violated', t) then 1 else 0 end), 0)
    from talked where settled and has_problem(t, 1)
  union all
    select '11-1-e', 'late', coalesce(sum(1 + has_two(t)::integer - breaks('11-1-e violated', t)::integer), 0)
    from talked where settled and has_problem(t, 1) and breaks('11-1-b late', t)
  union all select '11-2-a', 'violated', count(*) from talked where settled and breaks('11-2-a violated', t)
  union all select '11-2-a', 'late', count(*) from talked where settled and breaks('11-2-a late', t)
  union all select '11-2-a', 'unknown', count(*) from talked where settled and breaks('11-2-a unknown', t)
  union all
    select '12-1-a', if(is_waived(t), 'excused', 'violated'), count(*) from talked
    where is_unfiled('12-1-a', t, settled) or unrecorded(t, role, settled) group by all
  union all select '12-1-a', 'late', count(*) from talked where settled and breaks('12-1-a late', t) and not unrecorded(t, role, settled)
  union all select '12-1-b', 'violated', count(*) from talked where not no_reflection and is_unfiled('12-1-b', t, settled)
  union all select '12-1-b', 'late', count(*) from talked where not no_reflection and settled and breaks('12-1-b late', t)
  union all
    select rule, 'violated', count(*) from talked, (values ('12-1-c'), ('12-1-d'), ('12-1-e')) as rules(rule)
    where not no_rectification and settled and case rule
      when '12-1-c' then breaks('12-1-c violated', t) when '12-1-d' then breaks('12-1-d violated', t) else breaks('12-1-e violated', t) end
    group by all
  union all
    select rule, 'late', count(*) from talked, (values ('12-1-c'), ('12-1-d'), ('12-1-e')) as rules(rule)
    where not no_rectification and settled and case rule
      when '12-1-c' then breaks('12-1-c late', t) when '12-1-d' then breaks('12-1-d late', t) else breaks('12-1-e late', t) end
    group by all
  union all select '12-1-d', 'unknown', count(*) from talked where not no_rectification and settled and breaks('12-1-d unknown', t)
  union all select '13-1-a', 'violated', count(*) from years where breaks('13-1-a violated', number)
  union all select '13-2-a', 'violated', count(*) from years where y < 2028 and breaks('13-2-a violated', number)
  union all select '13-2-b', 'violated', count(*) from years where y < 2028 and breaks('13-2-b violated', number)
  union all select '13-2-c', 'violated', count(*) from years where y < 2028 and breaks('13-2-c violated', number)
  union all select '14-1-a', 'violated', count(*) from years where draw('oversight', number) < 50000 and breaks('14-1-a violated', number)
  union all
    select '15-1-a', 'violated', count(*) from years
    where draw('oversight', number) >= 50000 and draw('found', number) % 3 > 0 and breaks('15-1-a violated', number)
  union all select '16-1-a', 'violated', count(*) from talked where breaks('16-1-a violated', t)
  union all select '16-1-b', 'violated', count(*) from talked where draw('seen', t) < 15000 and breaks('16-1-b violated', t)
  union all
    select 'DQ-1', 'violated', count(*) from talked
    where breaks('DQ-1 violated', t) and not breaks('12-1-a late', t)
        and not is_unfiled('12-1-a', t, settled) and not unrecorded(t, role, settled)
      or regular and is_checked_late(t)
  union all select 'DQ-2', 'violated', count(*) from talked where is_self(t, o, k)
  union all select 'DQ-3', 'violated', count(*) from entries where turned(o) is not null and breaks('DQ-3 violated', o)
  union all
    select 'DQ-4', 'violated', count(*) from talked where repeated
      and draw('slot', t - 1) < getvariable('shares')[1]
  union all
    select 'DQ-5', 'violated', count(*) from organizations(1)
    where not is_group(o) and not is_division(o) and draw('credit', o) < 30000 and breaks('DQ-5 violated', o)
  union all select 'DQ-6', 'violated', count(*) from conducting where is_group(o) and breaks('DQ-6 violated', o);
