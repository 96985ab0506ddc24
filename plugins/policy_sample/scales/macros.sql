-- What everything else is made of: chance, keys and days, all functions of a number, so that no table has to be kept to make another.
-- An organization is a number `o` (0 is the root); a person is a place `p` at an organization; a talk is a slot `t`: `k` of the head of `o`.

-- chance

create macro draw(what, number) as (hash(number, what, getvariable('seed')) % 100000)::integer;
create macro breaks(breach, number) as
  draw(split_part(breach, ' ', 1), number) between getvariable('from ' || breach) and getvariable('to ' || breach);
create macro one_of(words, what, number) as words[1 + draw(what, number) % len(words)];

-- keys: no two numbers get the same one, and neighbours get distant ones

create macro digits(number, salt) as
  lpad(((number::bigint * 61803399 + (hash(salt, getvariable('seed')) % 100000000)::bigint) % 100000000)::varchar, 8, '0');
create macro code(o) as digits(o, 'organization');
create macro person(o, p) as 'P' || digits(o * 8 + p, 'person');
create macro talk_key(t) as 'T' || digits(t, 'talk');
create macro item_key(t) as 'I' || digits(t, 'plan_item');
create macro plan_key(o, year) as 'H' || digits(o * 4 + year - 2026, 'plan');
create macro circumstance_key(t) as 'C' || digits(t, 'circumstance');

-- the order of a file: the numbers below n, each once, far from their neighbours; `turn` chooses one of several orders

create macro shuffled(n, strides, turn) as table
  select (i * getvariable(strides)[turn]) % getvariable(n) as number from range(getvariable(n)) as numbers(i);

-- the tree: levels follow each other; children are spread over their parents, three times as many to the first as to the last

create macro first_of(level) as getvariable('first ' || level);
create macro count_of(level) as getvariable('count ' || level)::bigint;
create macro is_division(o) as o < first_of('group');
create macro is_committee(o) as o < first_of('township');
create macro is_group(o) as o >= first_of('group') and o < first_of('unit');
create macro is_conductor(o) as
  is_committee(o) or (o >= first_of('group') and o < first_of('group') + getvariable('conducting_groups'));
create macro spread(o, level) as first_of('above ' || level)
  + (count_of('above ' || level) * ((o - first_of(level)) * (count_of(level) + o - first_of(level)))) // (2 * count_of(level) * count_of(level));
create macro parent(o) as (case
  when o = 0 then null
  when o < first_of('prefecture') then spread(o, 'province')
  when o < first_of('county') then spread(o, 'prefecture')
  when o < first_of('township') then spread(o, 'county')
  when o < first_of('group') then spread(o, 'township')
  when o < first_of('unit') then spread(o, 'group')
  when o < first_of('rest') then spread(o, 'unit')
  else spread(o, 'rest')
end)::bigint;
create macro committee(o) as if(is_committee(o), o, parent(o));

-- the heads: 05-2-e, one who came early and was not talked to; others came too late to have been

create macro turned(o) as (case
  when o = 0 then null
  when breaks('05-2-e violated', o) then date '2027-12-10'
  when draw('change', o) < 8000 then date '2028-08-15'
end);
create macro head(o, day) as person(o, if(coalesce(day >= turned(o), false), 1, 0));
create macro uncovered(o) as breaks('05-2-c violated', o);
create macro left_roster(o) as draw('left', o) < 1000;

-- days

create macro workday(day) as day - greatest(0, isodow(day) - 5)::integer;
create macro round_day(o, k, number) as workday(
  if(k = 0, date '2026-02-01' + draw('day', number) % 640,
     date '2027-11-20' + ((k - 1) * getvariable('slice'))::integer + draw('day', number) % (getvariable('slice') - 3)));

-- 07-1-d: neighbours under one conductor who are talked to by one talker on one day in one place

create macro neighbour(o) as xor(o - 1, 1) + 1;
