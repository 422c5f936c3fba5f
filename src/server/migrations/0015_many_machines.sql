-- 鍵のしるし. By which each process knows that it has the key this city was begun with. Leads to no key: it is an HMAC under one.
create table server_keys (
  city        text        not null references cities,
  fingerprint bytea       not null,
  begun_at    timestamptz not null,
  primary key (city)
);

-- 片づけの番. When the last round of housekeeping began: of all processes, one does it.
create table house_rounds (
  city     text        not null references cities,
  begun_at timestamptz not null,
  primary key (city)
);

-- 試した回数. Wrong answers at doors with a short secret, counted for all processes together.
create table tries (
  city       text        not null references cities,
  budget     text        not null,                    -- a name of BUDGETS in server/rate-limits.ts
  key_hash   bytea       not null,                    -- whose: an address, a number; HMAC with a key that is not in the database
  points     int         not null,
  expires_at timestamptz not null,                    -- from then on it counts for nothing
  primary key (city, budget, key_hash)
);

-- 要確認, as in 0008, but with the city of the marks and not of what was found behind the fence: otherwise a city reads the marks of all.
create or replace view kpi_review as
  select m.city, m.session_id, a.learner_id, a.first_marked_at, a.device_count, a.walk_in,
         case when s.session_id is null then 'session_unknown' else 'day_unknown' end as why
    from (select distinct city, session_id from attendance_marks) m
    left join sessions s using (city, session_id)
   cross join lateral (select * from attendance
                        where city = m.city and session_id = m.session_id offset 0) a
   where s.session_id is null
      or (s.held_on is null and s.kind in ('class', 'outreach', 'helpDesk'));

-- 実らなかった言葉, as in 0012, but one part for each kind: joined by «or», each would look through the enrollments of all cities.
create or replace view words_in_vain as
  select o.city, o.id, (o.received_at at time zone 'Asia/Tokyo')::date as said_on
    from operations o
   where o.name = 'enrollment.request' and o.payload ? 'phone'
     and not exists (select 1 from enrollments e
                      where e.city = o.city and e.enrollment_id = (o.payload ->> 'enrollmentId')::uuid)
   union all
  select o.city, o.id, (o.received_at at time zone 'Asia/Tokyo')::date
    from operations o
   where o.name = 'enrollment.withdraw' and o.payload ? 'phoneLast4'
     and not exists (select 1 from enrollments e
                      where e.city = o.city and e.receipt_number = o.payload ->> 'receiptNumber')
   union all
  select o.city, o.id, (o.received_at at time zone 'Asia/Tokyo')::date
    from operations o
   where o.name = 'person.correct' and o.payload ? 'nameKana'
     and not exists (select 1 from learners l
                      where l.city = o.city and l.learner_id = (o.payload ->> 'learnerId')::uuid);
