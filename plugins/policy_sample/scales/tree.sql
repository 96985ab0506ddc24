-- Organizations, their terms, people and posts, and who is on whose roster.

create macro organizations(turn) as table
  select number as o, parent(number) as above from shuffled('n_organizations', 'organization_strides', turn);

-- DQ-5: the check digit of GB 32100-2015; a body is 12000 and twelve digits, and the powers of three by which they count are those of its places
create macro credit_number(o) as (o + 1)::bigint * 611953 % 1000000000000;
create macro credit_check(n) as (31 - (7
  + n // 100000000000 % 10 * 26 + n // 10000000000 % 10 * 16 + n // 1000000000 % 10 * 17 + n // 100000000 % 10 * 20
  + n // 10000000 % 10 * 29 + n // 1000000 % 10 * 25 + n // 100000 % 10 * 13 + n // 10000 % 10 * 8
  + n // 1000 % 10 * 24 + n // 100 % 10 * 10 + n // 10 % 10 * 30 + n % 10 * 28) % 31) % 31;
create macro credit_code(o) as '12' || lpad(credit_number(o)::varchar, 15, '0')
  || substr('0123456789ABCDEFGHJKLMNPQRTUWXY', 1 + (credit_check(credit_number(o)) + breaks('DQ-5 violated', o)::integer) % 31, 1);

create macro level(o) as (case
  when o = 0 then getvariable('root')
  when o < first_of('prefecture') then 'province'
  when o < first_of('county') then 'prefecture'
  when o < first_of('township') then 'county'
  when o < first_of('group') then 'township'
  when is_group(o) then case
    when parent(o) = 0 then getvariable('root')
    when parent(o) < first_of('prefecture') then 'province'
    when parent(o) < first_of('county') then 'prefecture'
    else 'county' end
  else 'other'
end);
create macro organization_kind(o) as (case
  when is_committee(o) then 'local_committee'
  when is_division(o) then if(draw('street', o) < 20000, 'working_committee', 'township_committee')
  when is_group(o) then if(draw('nature', o) < 5000, 'group_nature_committee', 'party_group')
  when o < first_of('rest') then one_of(['institution', 'institution', 'enterprise', 'university', 'working_organ'], 'unit', o)
  else 'grassroots'
end);

create view organization as
  select
    code(o) as code, '党组织' || code(o) as name, level(o) as level, organization_kind(o) as kind, code(above) as parent,
    case when is_division(o) or (is_conductor(o) and breaks('DQ-6 violated', o)) then null else code(above) end as approver,
    case when is_conductor(o) then '办公室' end as office,
    case when is_division(o) then lpad((100000 + o)::varchar, 6, '0') end as division_code,
    case when not is_group(o) and not is_division(o) and draw('credit', o) < 30000 then credit_code(o) end as credit_code,
    'active' as status
  from organizations(1);

-- a committee's terms: one that is over since long, one that counts, and for those in transition the one after
create macro in_transition(o) as draw('transition', o) < 12500;

create view term as
  select
    'J' || digits(o * 3 + turn, 'term') as id, code(o) as organization, '第' || (7 + turn) || '届' as number, start,
    (start + interval 5 years)::date - 1 as planned_end, case when turn = 0 then start + 1825 end as actual_end
  from (
    select o, turn, case turn
      when 0 then if(in_transition(o), date '2017-12-01', date '2018-12-01')
      when 1 then if(in_transition(o), date '2022-12-01', date '2023-12-01')
      else date '2027-12-01' end as start
    from organizations(2), range(3) as turns(turn)
    where is_committee(o) and (turn < 2 or in_transition(o))
  );

-- places at an organization: 0 its head, 1 the head's successor, 2 to 4 its team, 6 a deputy, 7 staff
create macro posts(turn) as table
  select o, p from organizations(turn), (values (0), (1), (2), (3), (4), (6), (7)) as places(p)
  where case p
    when 0 then o < first_of('rest')
    when 1 then o < first_of('rest') and turned(o) is not null
    when 6 then o > 0 and o < first_of('rest') and breaks('02-1-b violated', o)
    else is_conductor(o) end;

create view person as select person(o, p) as id, '人员' || person(o, p) as name from posts(3);

create view appointment as
  select
    'A' || person(o, p) as id, person(o, p) as person, code(o) as organization,
    case when p < 2 then '书记' when p = 6 then '副书记' when p = 7 then '干部' else '班子成员' end as title,
    case
      when p < 2 then if(draw('acting', o) < 2000, 'acting_secretary', 'secretary')
      when p = 6 then 'deputy_secretary'
      when p = 7 then 'other'
      when is_committee(o) then 'standing_member'
      else 'group_member' end as post,
    p < 2 as is_head, p < 7 as is_team_member,
    case when p = 1 then turned(o) else date '2021-03-01' + draw('appointed', o * 8 + p) % 1100 end as start,
    case when p = 0 then turned(o) + if(breaks('DQ-3 violated', o), 20, -1) end as "end"
  from posts(4);

create view roster_entry as
  select
    'E' || digits(o, 'roster_entry') as id, code(above) as conductor, code(o) as organization, date '2026-01-30' as start,
    case when left_roster(o) then date '2028-03-31' end as "end"
  from organizations(5) where o > 0 and o < first_of('rest');
