-- The talks, and what each leaves behind. Of a talk that is younger than `settled` some deadlines have not passed, and nothing is missing.

create macro role(k) as (case
  when k < getvariable('rounds') then 'regular' when k = getvariable('rounds') then 'prompt' else 'other' end);

-- 07-1-d: of units and groups only, whose talkers are drawn, and in the first round only
create macro paired(o, k) as k = 0 and o >= first_of('group') and coalesce(parent(o) = parent(neighbour(o)), false)
  and breaks('07-1-d violated', (o - 1) // 2);

create macro slots(turn) as table
  select number as t, 1 + number // getvariable('slots') as o, number % getvariable('slots') as k
  from shuffled('n_slots', 'slot_strides', turn);

create macro talks(turn) as table
  select *, "end" <= getvariable('settled') as settled, if(two_days, "end" - 1, "end") as start, head(o, "end") as talkee_head
  from (
    select
      *, parent(o) as c,
      draw('two days', day_number) < 10000 as two_days,
      case
        when role = 'regular' then round_day(o, if(repeated, 0, k), day_number)
        when role = 'prompt' then workday(date '2026-06-01' + draw('day', day_number) % 900)
        when other = 'early' then workday(date '2026-01-05' + draw('day', day_number) % 20)
        when other = 'planned' then workday(getvariable('as_of') + 10 + draw('day', day_number) % 90)
        else workday(date '2026-02-01' + draw('day', day_number) % 1020) end as "end"
    from (
      select
        *,
        -- DQ-4: the second talk is entered with the day of the first; 07-1-d: both of a pair have the day of one
        case when repeated then t - 1 when paired(o, k) then -((o - 1) // 2) - 1 else t end as day_number
      from (
        select
          *, role(k) as role, role(k) = 'regular' and k = 1 and breaks('DQ-4 violated', o) and not paired(o, 0) as repeated,
          case
            when role(k) <> 'other' then null
            when draw('other', t) < 3000 then 'early'
            when draw('other', t) < 6000 then 'planned'
            when draw('other', t) < 9000 then 'cancelled'
            else one_of(['appointment', 'appointment', 'admonition', 'clue', 'other'], 'nature', t) end as other
        from slots(turn)
        where draw('slot', t) < getvariable('shares')[k + 1] and case role(k)
          when 'regular' then not uncovered(o) and (k = 0 or not breaks('05-2-e violated', o))
          when 'prompt' then not left_roster(o)
          else true end
      )
    )
  );

-- the supervision talks that were held, and their children
create macro supervision(turn) as table
  select *, talk_key(t) as talk
  from talks(turn)
  where role = 'regular' or (role = 'prompt' and not (settled and breaks('05-3-c violated', t)));

-- --- plans

create macro has_plan(o, year) as not breaks('05-2-a violated', o * 4 + year - 2026);
create macro has_item(c, day) as has_plan(c, year(day));

create view plan as
  select
    plan_key(o, y) as id, code(o) as conductor, y as year,
    case
      when breaks('05-2-a late', o * 4 + y - 2026) then make_date(y, 5, 10) + draw('issued', o * 4 + y) % 60
      when y = 2026 then date '2026-02-10' + draw('issued', o * 4 + y) % 70
      else make_date(y, 1, 10) + draw('issued', o * 4 + y) % 70 end as issued,
    '〔' || y || '〕' || digits(o * 4 + y, 'document') as document_number, '结合巡视巡察、审计监督和年度考核情况' as considered
  from organizations(6), range(2026, 2029) as years(y)
  where is_conductor(o) and has_plan(o, y);

-- 05-2-b: nobody is to do it, or no day is set; 05-2-d: the talk came after the day, or was never booked on the item
create macro item_open(t) as breaks('05-2-b violated', t) and draw('open', t) < 50000;
create macro unbooked(t, settled) as settled and breaks('05-2-d violated', t) and not item_open(t);
create macro item_late(t, day) as breaks('05-2-d late', t) and month(day) > 2 and not item_open(t);

create view plan_item as
  select
    item_key(t) as id, plan_key(c, year("end")) as plan, code(o) as organization, talkee_head as talkee, null::varchar as talker,
    case when breaks('05-2-b violated', t) and not item_open(t) then null else '办公室牵头，组织部门配合' end as assignee,
    case
      when item_open(t) then null
      when item_late(t, "end") then "end" - 20
      else least("end" + draw('item', t) % 25, make_date(year("end"), 12, 31)) end as due
  from supervision(1) where role = 'regular' and has_item(c, "end");

-- --- prompt talks: 05-3-a, too late; 05-3-b, nobody wrote for what; 05-3-c, never

create macro circumstance_start(t, day) as
  day - if(breaks('05-3-a late', t) and not breaks('05-3-c violated', t), 45 + draw('delay', t) % 30, 3 + draw('delay', t) % 22);
create macro circumstances(turn) as table
  select *, circumstance_start(t, "end") as began, draw('code', t) < 10000 as is_other
  from talks(turn)
  where (role = 'prompt' and (breaks('05-3-c violated', t) and settled or not breaks('05-3-b violated', t)))
    or (other is not null and other not in ('early', 'planned') and draw('untalked', t) < 10000);

create view circumstance as
  select
    circumstance_key(t) as id, code(o) as organization, case when draw('whose', t) < 50000 then talkee_head end as person,
    if(is_other, 'other', one_of(['petitions', 'criticised', 'assessment', 'major_case', 'personal'], 'circumstance', t)) as code,
    case when draw('told', t) % 3 = 2 then began end as occurred,
    case when draw('told', t) % 3 = 1 then began end as known,
    case when draw('told', t) % 3 = 0 then began end as confirmed,
    case when role = 'prompt' then 'talk_required' when draw('decided', t) < 70000 then 'not_required' else 'undecided' end as decision,
    case when is_other and not breaks('05-3-d violated', t) then '群众评议反映集中' end as explanation
  from circumstances(2);

create view talk_circumstance as
  select talk || '-L1' as id, talk, circumstance_key(t) as circumstance
  from supervision(3) where role = 'prompt' and not breaks('05-3-b violated', t);

-- --- talks

-- 02-1-b: the deputy came instead, to the second talk
create macro has_wrong_talkee(o, k, repeated) as k = 1 and o < first_of('rest') and breaks('02-1-b violated', o) and not repeated;
create macro talkee(o, k, role, repeated, day) as if(role = 'regular' and has_wrong_talkee(o, k, repeated), person(o, 6), head(o, day));

create macro is_self(t, o, k) as breaks('DQ-2 violated', t) and not paired(o, k);
create macro by_stranger(t, o, k) as not is_division(o) and breaks('07-1-a violated', t) and not paired(o, k);
-- 07-1-c: a member of the team talks to a secretary
create macro is_secretary_talk(o, role) as role = 'regular' and o >= first_of('prefecture') and is_division(o);
create macro by_member(t, o, role) as is_secretary_talk(o, role) and breaks('07-1-c violated', t);
create macro talker(t, o, k, c, role, day_number, day, talkee) as (case
  when is_self(t, o, k) then talkee
  when by_member(t, o, role) then person(c, 2)
  when is_division(o) then head(c, day)
  when by_stranger(t, o, k) then person(c, 7)
  else person(c, 2 + draw('talker', day_number) % 3) end);

-- 10-2-b: neither a number nor a record
create macro unrecorded(t, role, settled) as role = 'prompt' and settled and breaks('10-2-b violated', t);
-- 02-3-a: booked on the item of the first round
create macro misbooked(t, o, c, other) as other in ('appointment', 'admonition', 'clue', 'other') and breaks('02-3-a violated', t)
  and not uncovered(o) and draw('slot', (o - 1) * getvariable('slots')) < getvariable('shares')[1]
  and has_item(c, round_day(o, 0, if(paired(o, 0), -((o - 1) // 2) - 1, (o - 1) * getvariable('slots'))));

-- 09-1-b: no self-check, or one after the talk
create macro is_checked_late(t) as breaks('09-1-b violated', t) and draw('check', t) >= 50000;

create view talk as
  select
    talk_key(t) as id, if(role = 'prompt', 'prompt', 'regular') as kind,
    if(other is null or other in ('early', 'planned', 'cancelled'), 'supervision', other) as nature,
    if(other in ('planned', 'cancelled'), other, 'completed') as status, code(c) as conductor,
    talker(t, o, k, c, role, day_number, "end", who) as talker, who as talkee, code(o) as organization, start, "end",
    '谈话室' || day_number as place,
    case when breaks('07-1-b violated', t) then 2 when breaks('07-1-b unknown', t) then null else 1 end as group_size,
    case when breaks('06-1-a violated', t) then null else '办公室' end as organizer,
    case
      when role = 'regular' and has_item(c, "end") and not unbooked(t, settled) then item_key(t)
      when misbooked(t, o, c, other) then item_key((o - 1) * getvariable('slots')) end as plan_item,
    case
      when if(role = 'prompt', breaks('09-2-a violated', t), breaks('09-1-a violated', t)) then case when draw('outline', t) < 50000 then start + 1 end
      else start - 1 - draw('outline', t) % 5 end as outline_date,
    case
      when role <> 'regular' or (breaks('09-1-b violated', t) and not is_checked_late(t)) then null
      when is_checked_late(t) then start + 2
      else start - draw('check', t) % 5 end as self_check_date,
    not breaks('02-1-c violated', t) as covers_responsibility,
    not breaks('02-1-c violated', t) and draw('discipline', t) < 80000 as covers_discipline,
    case when not unrecorded(t, role, settled) then '谈' || digits(t, 'record') end as record_number,
    case when breaks('16-1-a violated', t) then null else if(draw('mark', t) < 30000, 'work_secret', 'internal') end as classification
  from (
    select *, talkee(o, k, role, repeated, "end") as who
    from talks(1)
    where role <> 'prompt' or not (settled and breaks('05-3-c violated', t))
  );

-- 10-1-a, 10-2-a: one step is not entered, or not done; 10-1-b: the order is turned round
create macro lacks_step(t, role) as if(role = 'prompt', breaks('10-2-a violated', t), breaks('10-1-a violated', t));
create macro steps(step, nth) as table
  select
    talk || '-S' || nth as id, talk, step as step,
    if(role = 'regular' and breaks('10-1-b violated', t), 6 - nth, nth) as position,
    not (lacks_step(t, role) and draw('step', t) % 5 = nth - 1) as done
  from supervision(nth)
  where not (lacks_step(t, role) and draw('step', t) % 5 = nth - 1 and draw('no step', t) < 50000);
create view talk_step as
  from steps('self_report', 1) union all from steps('problems', 2) union all from steps('explanation', 3)
  union all from steps('demands', 4) union all from steps('statement', 5);

-- --- problems and measures

create macro category(t, number) as
  if((draw('category', t) < 66000) = (number = 1), 'first_responsibility', 'self_discipline');
create macro has_two(t) as draw('problems', t) < 40000;
create macro has_problem(t, number) as not breaks('08-1-a violated', t) and (number = 1 or has_two(t));
create macro has_measure(t, settled) as not (settled and breaks('11-1-b violated', t));
create macro is_measure_late(t, settled) as settled and breaks('11-1-b late', t);
create macro has_notice(t, settled) as has_measure(t, settled) and (category(t, 1) = 'first_responsibility' or has_two(t));

create macro problems(nth) as table
  select talk || '-P' || nth as id, talk, category(t, nth) as category, '督促检查不够经常' as content
  from supervision(nth) where has_problem(t, nth);
create view problem as from problems(1) union all from problems(2);

create macro measures(nth) as table
  select
    talk || '-M' || nth as id, talk,
    -- 11-1-e: the first measure does not say for which problem
    case when has_problem(t, nth) and not (nth = 1 and settled and breaks('11-1-e violated', t)) then talk || '-P' || nth end
      as problem,
    category(t, nth) as category,
    "end" + if(is_measure_late(t, settled), 45, 4) + draw('proposed', t * 2 + nth) % 16 as proposed, "end" + 75 as due,
    if(draw('progress', t) < 50000, 'done', 'in_progress') as progress, '列入整改清单，明确责任人和时限' as content
  from supervision(2 + nth)
  where has_measure(t, settled) and (nth = 1 or has_two(t)) and proposed <= getvariable('as_of');
create view measure as from measures(1) union all from measures(2);

-- --- reports: their days, on which other deadlines hang; null where there is none, or none is written

create macro is_unreported(rule, t, settled) as settled and breaks(rule || ' violated', t);
create macro is_undated(rule, t, settled) as settled and breaks(rule || ' unknown', t);
create macro reflection_day(t, settled, day) as (case
  when is_unreported('11-1-a', t, settled) or is_undated('11-1-a', t, settled) then null
  else day + if(settled and breaks('11-1-a late', t), 45 + draw('reflected', t) % 20, 10 + draw('reflected', t) % 15) end);
create macro rectification_day(t, settled, day) as (case
  when is_unreported('11-2-a', t, settled) or is_undated('11-2-a', t, settled) then null
  else day + if(settled and breaks('11-2-a late', t), 110 + draw('rectified', t) % 30, 60 + draw('rectified', t) % 25) end);

create view report as
  select
    talk || '-R1' as id, talk, 'reflection_and_measures' as kind, talkee(o, k, role, repeated, "end") as reporter,
    -- 11-1-d: the talkee's own organization is reported to
    code(if(breaks('11-1-d violated', t), o, c)) as recipient,
    reflection_day(t, settled, "end") as date, true as includes_reflection
  from supervision(5)
  where not is_unreported('11-1-a', t, settled) and coalesce(date <= getvariable('as_of'), true)
  union all
  select
    talk || '-R2', talk, 'rectification', talkee(o, k, role, repeated, "end"), code(c),
    rectification_day(t, settled, "end") as date, null
  from supervision(6)
  where not is_unreported('11-2-a', t, settled) and coalesce(date <= getvariable('as_of'), true);

-- 11-1-c: not told to all, or to nobody; or late, as 11-1-f sees it in time
create view notification as
  select
    talk || '-N1' as id, talk, 'team_members' as audience,
    "end" + if(settled and breaks('11-1-c late', t), 50, 22) + draw('notified', t) % 5 as date,
    4 + draw('team', t) % 6 as expected, expected - if(settled and breaks('11-1-c violated', t), 1, 0) as reached
  from supervision(7)
  where has_notice(t, settled) and date <= getvariable('as_of')
    and not (settled and breaks('11-1-c violated', t) and draw('no notice', t) < 50000);

-- --- archives and copies

create macro filed(rule, t, settled, day, number) as
  day + if(settled and breaks(rule || ' late', t), 45, 2) + draw('filed', t * 8 + number) % 20;
create macro is_unfiled(rule, t, settled) as settled and breaks(rule || ' violated', t);

create view archive as
  select
    talk || '-A1' as id, talk, 'record' as material,
    -- DQ-1: filed before the talk
    if(breaks('DQ-1 violated', t) and not breaks('12-1-a late', t), "end" - 3, filed('12-1-a', t, settled, "end", 1)) as date
  from supervision(1)
  where date <= getvariable('as_of') and not is_unfiled('12-1-a', t, settled) and not unrecorded(t, role, settled)
  union all
  select talk || '-A2', talk, 'measures', filed('12-1-b', t, settled, reflection_day(t, settled, "end"), 2) as date
  from supervision(2) where date <= getvariable('as_of') and not is_unfiled('12-1-b', t, settled)
  union all
  select talk || '-A3', talk, 'rectification', filed('12-1-c', t, settled, rectification_day(t, settled, "end"), 3) as date
  from supervision(3) where date <= getvariable('as_of') and not is_unfiled('12-1-c', t, settled);

create view copy as
  select
    talk || '-C1' as id, talk, if(is_group(c), 'resident_discipline_team', 'discipline_body') as recipient_kind,
    case when not (settled and breaks('12-1-d unknown', t)) then sent end as date
  from (select *, filed('12-1-d', t, settled, rectification_day(t, settled, "end"), 4) as sent from supervision(4))
  where sent <= getvariable('as_of') and not is_unfiled('12-1-d', t, settled)
  union all
  select talk || '-C2', talk, 'organization_department', filed('12-1-e', t, settled, rectification_day(t, settled, "end"), 5) as date
  from supervision(5) where date <= getvariable('as_of') and not is_unfiled('12-1-e', t, settled);

create view access as
  select
    talk || '-V1' as id, talk, person(c, 2) as person, "end" + 1 as date, not breaks('16-1-b violated', t) as cleared
  from supervision(6) where draw('seen', t) < 15000;

-- --- findings of people on talks, and waivers

create view attestation as
  select
    talk || '-J1' as id, 'JDTH-08-1-b' as rule, talk as subject, not breaks('08-1-b violated', t) as conclusion, '办公室' as by,
    "end" + 7 as date, null::date as valid_until, null::varchar as basis
  from supervision(7) where draw('attested', t) < 10000;

create macro is_waived(t) as draw('waived', t) < 10000;
create view waiver as
  select
    talk || '-W1' as id, 'JDTH-12-1-a' as rule, talk as subject, '档案室搬迁，材料另行移交' as reason, '办公室' as approver,
    "end" + 60 as date, null::date as valid_until, null::varchar as document
  from supervision(3) where (is_unfiled('12-1-a', t, settled) or unrecorded(t, role, settled)) and is_waived(t);
