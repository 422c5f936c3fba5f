-- 個人情報の終わり. An erased person stays as a row about nobody, so that every total stays the same; an empty ふりがな says so.
alter table learners
  add column stopped_at timestamptz,                  -- 利用停止: no longer called, no longer listed anew
  add column erased_at  timestamptz,
  add check ((erased_at is null) = (name_kana <> '')),
  add check (erased_at is null or (name is null and phone is null));

-- 消去の記録. That somebody was erased, when, why and how much; nothing about whom.
create table erasures (
  city                text        not null references cities,
  learner_id          uuid        not null,           -- of nobody, from now on
  erased_at           timestamptz not null,
  reason              text        not null check (reason in ('self', 'family', 'mistake', 'retention')),
  staff_id            uuid,                           -- null: the retention of the program itself, or demo mode
  operation_count     int         not null,           -- how many operations lost their words
  record_count        int         not null,           -- how many records were taken from devices, or changed on them
  enrollment_count    int         not null,           -- what stays, and is counted as before
  attendance_count    int         not null,
  certification_count int         not null,
  primary key (city, learner_id),
  foreign key (city, learner_id) references learners (city, learner_id)
);

-- Where words about a person are looked for, so that finding them does not cost a walk over everything ever said.
create index attendance_marks_by_learner on attendance_marks (city, learner_id);
create index operations_by_learner on operations (city, (payload ->> 'learnerId'))
  where name in ('attendance.walkIn', 'person.correct', 'person.stop', 'person.resume', 'person.erase');
create index operations_by_enrollment on operations (city, (payload ->> 'enrollmentId')) where name = 'enrollment.request';
create index operations_by_phone on operations (city, (payload ->> 'phone')) where name = 'enrollment.request' and payload ? 'phone';
create index operations_by_receipt on operations (city, (payload ->> 'receiptNumber')) where name = 'enrollment.withdraw';
create index operations_by_last_digits on operations (city, device_id) where name = 'enrollment.withdraw' and payload ? 'phoneLast4';

-- 最後の関わり. The day of Japan on which somebody last had to do with the city: signed up for a session of that day, came to one,
-- was certified, or was first written down. Retention counts from here (docs/rules.md#retention).
create view learner_activity as
  select l.city, l.learner_id, l.erased_at is not null as erased,
         c.learner_id is not null as certified,
         greatest((l.created_at at time zone 'Asia/Tokyo')::date, c.certified_on,
                  (select max(s.held_on) from enrollments e join sessions s using (city, session_id)
                    where e.city = l.city and e.learner_id = l.learner_id),
                  (select max(coalesce(s.held_on, (m.marked_at at time zone 'Asia/Tokyo')::date))
                     from attendance_marks m left join sessions s using (city, session_id)
                    where m.city = l.city and m.learner_id = l.learner_id)) as last_on
    from learners l
    left join certifications c using (city, learner_id);

-- 実らなかった言葉. What was said of a person in vain: a sign-up that gave no place, a try at a booking that is not there, a correction
-- of nobody. It belongs to no row of a person, so it has an end of its own.
create view words_in_vain as
  select o.city, o.id, (o.received_at at time zone 'Asia/Tokyo')::date as said_on
    from operations o
   where (o.name = 'enrollment.request' and o.payload ? 'phone'
          and not exists (select 1 from enrollments e
                           where e.city = o.city and e.enrollment_id = (o.payload ->> 'enrollmentId')::uuid))
      or (o.name = 'enrollment.withdraw' and o.payload ? 'phoneLast4'
          and not exists (select 1 from enrollments e
                           where e.city = o.city and e.receipt_number = o.payload ->> 'receiptNumber'))
      or (o.name = 'person.correct' and o.payload ? 'nameKana'
          and not exists (select 1 from learners l
                           where l.city = o.city and l.learner_id = (o.payload ->> 'learnerId')::uuid));

-- 遅れて届いた言葉. What arrived about somebody after they were erased: a phone that had been away, a correction that came too late.
create view words_too_late as
  select o.city, o.id, (o.received_at at time zone 'Asia/Tokyo')::date as said_on
    from operations o
    join learners l on l.city = o.city and l.learner_id = (o.payload ->> 'learnerId')::uuid and l.erased_at is not null
   where o.name in ('attendance.walkIn', 'person.correct') and o.payload ? 'nameKana'
   union all
  select o.city, o.id, (o.received_at at time zone 'Asia/Tokyo')::date
    from operations o
    join enrollments e on e.city = o.city and e.receipt_number = o.payload ->> 'receiptNumber'
    join learners l on l.city = e.city and l.learner_id = e.learner_id and l.erased_at is not null
   where o.name = 'enrollment.withdraw' and o.payload ? 'phoneLast4';

-- 本人についての言葉. Everything that was ever said by a person or about them and still carries their words: sign-ups that gave a place, and
-- refused ones under the same ふりがな and number; walking in, corrections; tries at their bookings, and at others from their own device.
create function words_of_person(of_city text, person uuid) returns table (id uuid) language sql stable as $$
  with own as materialized (
    select enrollment_id, receipt_number, device_id from enrollments where city = of_city and learner_id = person),
  named as materialized (
    select o.id, o.payload ->> 'phone' as phone, translate(o.payload ->> 'nameKana', ' ・', '') as kana
      from own join operations o on o.city = of_city and o.name = 'enrollment.request'
                                and o.payload ->> 'enrollmentId' = own.enrollment_id::text
     union all
    select o.id, o.payload ->> 'phone', translate(o.payload ->> 'nameKana', ' ・', '') from operations o
     where o.city = of_city and o.name in ('attendance.walkIn', 'person.correct') and o.payload ->> 'learnerId' = person::text),
  keys as materialized (
    select phone, kana from named where phone is not null
     union
    select phone, translate(name_kana, ' ・', '') from learners
     where city = of_city and learner_id = person and phone is not null)
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
