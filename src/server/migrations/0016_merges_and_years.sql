-- 名寄せ. Somebody who is here as two learners is one person. A fact, and so is taking it back: it names the merge, perhaps before that arrives.
create table learner_merges (
  city            text        not null references cities,
  merge_id        uuid        not null,
  learner_id      uuid        not null,
  into_learner_id uuid        not null,               -- whose name the person goes by
  merged_at       timestamptz not null,
  staff_id        uuid,                               -- null: a role of demo mode
  primary key (city, merge_id),
  foreign key (city, learner_id) references learners (city, learner_id),
  foreign key (city, into_learner_id) references learners (city, learner_id),
  check (learner_id <> into_learner_id)
);

create table learner_separations (
  city         text        not null references cities,
  merge_id     uuid        not null,
  separated_at timestamptz not null,
  staff_id     uuid,
  primary key (city, merge_id)
);

-- Who is one person: all learners that merges still standing lead to, in whatever direction; the one that was merged into no other
-- stands for all. Only learners with such a merge are here. Twin of personsOf() in people/domain/same-person.ts.
-- `strict` and `rows`: the planner leaves it whole, asks it once and hashes it; else each mark would look through all merges.
create function merged_people(of_city text) returns table (learner_id uuid, person_id uuid, learner_ids uuid[])
language sql stable strict rows 2000 as $$
  with recursive standing as materialized (
    select m.learner_id as one, m.into_learner_id as other from learner_merges m
     where m.city = of_city
       and not exists (select 1 from learner_separations s where s.city = of_city and s.merge_id = m.merge_id)),
  pairs as materialized (select one, other from standing union select other, one from standing),
  reached as (
    select one, one as other from pairs
     union
    select r.one, p.other from reached r join pairs p on p.one = r.other)
  select r.one, (array_agg(r.other order by r.other in (select s.one from standing s), r.other))[1], array_agg(r.other order by r.other)
    from reached r group by r.one
$$;

create view learner_persons as
  select c.city, p.learner_id, p.person_id, p.learner_ids from cities c cross join lateral merged_people(c.city) p;

-- Every learner that is the same person as this one, itself among them.
create function halves_of(of_city text, learner uuid) returns uuid[] language sql stable as $$
  select coalesce((select p.learner_ids from merged_people(of_city) p where p.learner_id = learner), array[learner])
$$;

-- 実績の行, as in 0008, but a person counts once in a session, by whichever halves they were marked (`learner_ids`), and is certified once.
create or replace view kpi_facts as                   -- twin of MEASURE_OF_KIND in kpi/domain/kpi-page.ts
  select s.city,
         case s.kind when 'helpDesk' then 'helpDeskVisits' else 'classAttendances' end as measure,
         s.held_on as counted_on, coalesce(p.person_id, a.learner_id) as learner_id, s.session_id as source_id,
         array_agg(a.learner_id order by a.learner_id) as learner_ids
    from sessions s
   cross join lateral (select learner_id from attendance
                        where city = s.city and session_id = s.session_id offset 0) a
    left join learner_persons p on p.city = s.city and p.learner_id = a.learner_id
   where s.kind in ('class', 'outreach', 'helpDesk') and s.held_on is not null
   group by s.city, s.kind, s.held_on, s.session_id, coalesce(p.person_id, a.learner_id)
  union all
  select * from (
    select distinct on (c.city, coalesce(p.person_id, c.learner_id))
           c.city, 'certifications', c.certified_on, coalesce(p.person_id, c.learner_id), c.certification_id, array[c.learner_id]
      from certifications c
      left join learner_persons p on p.city = c.city and p.learner_id = c.learner_id
     order by c.city, coalesce(p.person_id, c.learner_id), c.certified_on, c.certification_id) once
  union all
  select city, measure, started_on, null, item_id, null from register_items;

-- 要確認, as in 0015, with each person once in a session.
create or replace view kpi_review as
  select r.city, r.session_id, coalesce(p.person_id, r.learner_id) as learner_id, min(r.first_marked_at) as first_marked_at,
         max(r.device_count) as device_count, bool_or(r.walk_in) as walk_in, r.why
    from (select m.city, m.session_id, a.learner_id, a.first_marked_at, a.device_count, a.walk_in,
                 case when s.session_id is null then 'session_unknown' else 'day_unknown' end as why
            from (select distinct city, session_id from attendance_marks) m
            left join sessions s using (city, session_id)
           cross join lateral (select * from attendance
                                where city = m.city and session_id = m.session_id offset 0) a
           where s.session_id is null
              or (s.held_on is null and s.kind in ('class', 'outreach', 'helpDesk'))) r
    left join learner_persons p on p.city = r.city and p.learner_id = r.learner_id
   group by r.city, r.session_id, r.why, coalesce(p.person_id, r.learner_id);

-- 養成講座受講者, as in 0007, each person once.
create or replace view trainees as
  select e.city, coalesce(p.person_id, e.learner_id) as learner_id,
         count(distinct e.session_id) filter (where e.enrolled)::int as enrolled_count,
         count(distinct e.session_id) filter (where not e.enrolled)::int as attended_count
    from (select city, session_id, learner_id, true as enrolled from enrollments_now where state <> 'cancelled'
          union all
          select city, session_id, learner_id, false from attendance) as e
    join sessions s using (city, session_id)
    left join learner_persons p on p.city = e.city and p.learner_id = e.learner_id
   where s.kind = 'instructorTraining'
   group by e.city, coalesce(p.person_id, e.learner_id);

-- 最後の関わり, as in 0012, of the whole person: no half is forgotten while another is still held.
create or replace view learner_activity as
  select l.city, l.learner_id, l.erased_at is not null as erased, h.certified, h.last_on
    from learners l
    left join learner_persons p on p.city = l.city and p.learner_id = l.learner_id
   cross join lateral (
     select bool_or(c.learner_id is not null) as certified,
            max(greatest((o.created_at at time zone 'Asia/Tokyo')::date, c.certified_on,
                  (select max(s.held_on) from enrollments e join sessions s using (city, session_id)
                    where e.city = o.city and e.learner_id = o.learner_id),
                  (select max(coalesce(s.held_on, (m.marked_at at time zone 'Asia/Tokyo')::date))
                     from attendance_marks m left join sessions s using (city, session_id)
                    where m.city = o.city and m.learner_id = o.learner_id))) as last_on
       from learners o
       left join certifications c using (city, learner_id)
      where o.city = l.city and o.learner_id = any (coalesce(p.learner_ids, array[l.learner_id]))) h;

-- 本人についての言葉, as in 0012, of every half of the person.
create or replace function words_of_person(of_city text, person uuid) returns table (id uuid) language sql stable as $$
  with halves as materialized (
    select unnest(halves_of(of_city, person)) as learner_id),
  own as materialized (
    select e.enrollment_id, e.receipt_number, e.device_id
      from halves h join enrollments e on e.city = of_city and e.learner_id = h.learner_id),
  named as materialized (
    select o.id, o.payload ->> 'phone' as phone, translate(o.payload ->> 'nameKana', ' ・', '') as kana
      from own join operations o on o.city = of_city and o.name = 'enrollment.request'
                                and o.payload ->> 'enrollmentId' = own.enrollment_id::text
     union all
    select o.id, o.payload ->> 'phone', translate(o.payload ->> 'nameKana', ' ・', '')
      from halves h join operations o on o.city = of_city and o.name in ('attendance.walkIn', 'person.correct')
                                     and o.payload ->> 'learnerId' = h.learner_id::text),
  keys as materialized (
    select phone, kana from named where phone is not null
     union
    select l.phone, translate(l.name_kana, ' ・', '')
      from halves h join learners l on l.city = of_city and l.learner_id = h.learner_id
     where l.phone is not null)
  select o.id from named n join operations o on o.city = of_city and o.id = n.id
   where o.payload ?| array['name', 'nameKana', 'phone']
   union
  select o.id from keys k join operations o on o.city = of_city and o.name = 'enrollment.request' and o.payload ? 'phone'
                                           and o.payload ->> 'phone' = k.phone
   where translate(o.payload ->> 'nameKana', ' ・', '') = k.kana
     and not exists (select 1 from enrollments e
                      where e.city = o.city and e.enrollment_id = (o.payload ->> 'enrollmentId')::uuid)
   union
  select o.id from own join operations o on o.city = of_city and o.name = 'enrollment.withdraw'
                                        and o.payload ->> 'receiptNumber' = own.receipt_number
   where o.payload ? 'phoneLast4'
   union
  select o.id from own join operations o on o.city = of_city and o.device_id = own.device_id and o.name = 'enrollment.withdraw'
                                        and o.payload ? 'phoneLast4'
   where o.payload ->> 'phoneLast4' in (select right(phone, 4) from keys)
$$;

-- 年度の締め. Once, and for ever.
create table year_closings (
  city        text        not null references cities,
  fiscal_year int         not null,
  closed_at   timestamptz not null,
  staff_id    uuid,                                   -- null: a role of demo mode
  primary key (city, fiscal_year)
);

-- 締めた年度の行. The rows of `kpi_facts` that the year's numbers were made of when it was closed: ids alone, and no total.
create table year_rows (
  city        text not null references cities,
  fiscal_year int  not null,
  row         int  not null,                          -- tells the rows of a year apart, nothing more
  measure     text not null,
  counted_on  date not null,                          -- of an earlier year as well, where a running total has it
  learner_id  uuid,                                   -- who, by the merges of that day; null: not a person
  source_id   uuid not null,
  learner_ids uuid[],                                 -- under which halves they are recorded
  primary key (city, fiscal_year, row),
  foreign key (city, fiscal_year) references year_closings (city, fiscal_year)
);

-- 締後修正. What the rows of a closed year would be by now: those that came since, and those that are no more. Merges change no row by
-- themselves: whoever is one person by now is so in the closed rows as well, and is there once too often if both halves were counted.
create function late_rows(of_city text, of_year int, of_measure text, first_on date, last_on date)
returns table (change text, counted_on date, learner_id uuid, source_id uuid, learner_ids uuid[])
language sql stable as $$
  with closed as materialized (
    select r.*, coalesce(p.person_id, r.learner_ids[1], r.source_id) as who,
           row_number() over (partition by r.source_id, coalesce(p.person_id, r.learner_ids[1], r.source_id) order by r.row) as nth
      from year_rows r
      left join learner_persons p on p.city = of_city and p.learner_id = r.learner_ids[1]
     where r.city = of_city and r.fiscal_year = of_year and r.measure = of_measure and r.counted_on between first_on and last_on),
  live as materialized (
    select f.*, coalesce(f.learner_id, f.source_id) as who from kpi_facts f
     where f.city = of_city and f.measure = of_measure and f.counted_on between first_on and last_on)
  select 'added', l.counted_on, l.learner_id, l.source_id, l.learner_ids from live l
   where exists (select 1 from year_closings y where y.city = of_city and y.fiscal_year = of_year)
     and not exists (select 1 from closed c where c.source_id = l.source_id and c.who = l.who)
   union all
  select 'gone', c.counted_on, c.learner_id, c.source_id, c.learner_ids from closed c
   where c.nth > 1 or not exists (select 1 from live l where l.source_id = c.source_id and l.who = c.who)
$$;

-- 表に出る行. `counted`: what a year's number is made of, which is what was closed, or what is known now while the year is open.
-- `added`, `gone`: 締後修正.
create function kpi_rows(of_city text, of_year int, of_measure text, first_on date, last_on date, part text)
returns table (counted_on date, learner_id uuid, source_id uuid, learner_ids uuid[]) language sql stable as $$
  select r.counted_on, r.learner_id, r.source_id, r.learner_ids from year_rows r
   where part = 'counted'
     and r.city = of_city and r.fiscal_year = of_year and r.measure = of_measure and r.counted_on between first_on and last_on
   union all
  select f.counted_on, f.learner_id, f.source_id, f.learner_ids from kpi_facts f
   where part = 'counted' and not exists (select 1 from year_closings y where y.city = of_city and y.fiscal_year = of_year)
     and f.city = of_city and f.measure = of_measure and f.counted_on between first_on and last_on
   union all
  select l.counted_on, l.learner_id, l.source_id, l.learner_ids from late_rows(of_city, of_year, of_measure, first_on, last_on) l
   where part <> 'counted' and l.change = part
$$;
