-- 受講者・相談者. The name stays exactly as given; searching goes by kana.
create table learners (
  city       text not null references cities,
  learner_id uuid not null,
  name       text,                                  -- null: a walk-in known by kana only
  name_kana  text not null,
  phone      text,                                  -- digits; null: a walk-in
  age_band   text,
  created_at timestamptz not null,
  primary key (city, learner_id)
);
create index learners_by_phone on learners (city, phone, name_kana);

-- 申込. Facts: asked for, given a seat, cancelled. What is true now is the view.
create table enrollments (
  city           text        not null references cities,
  enrollment_id  uuid        not null,
  session_id     uuid        not null,
  learner_id     uuid        not null,
  receipt_number text        not null,              -- 受付番号, read aloud on the phone
  channel        text        not null,
  device_id      uuid        not null,
  requested_at   timestamptz not null,
  arrival        bigint generated always as identity,  -- order of arrival; the city's row lock makes it the order of commit
  primary key (city, enrollment_id),
  foreign key (city, session_id) references sessions (city, session_id),
  foreign key (city, learner_id) references learners (city, learner_id)
);
create unique index enrollments_by_receipt on enrollments (city, receipt_number);
create index enrollments_by_session on enrollments (city, session_id, arrival);
create index enrollments_by_learner on enrollments (city, learner_id);

create table seat_grants (
  city          text        not null references cities,
  enrollment_id uuid        not null,
  granted_at    timestamptz not null,
  primary key (city, enrollment_id),
  foreign key (city, enrollment_id) references enrollments (city, enrollment_id)
);

create table enrollment_cancellations (
  city          text        not null references cities,
  enrollment_id uuid        not null,
  cancelled_at  timestamptz not null,
  primary key (city, enrollment_id),
  foreign key (city, enrollment_id) references enrollments (city, enrollment_id)
);

create view enrollments_now as
  select e.*,
         case when c.enrollment_id is not null then 'cancelled'
              when g.enrollment_id is not null then 'enrolled'
              else 'waitlisted' end as state,
         case when c.enrollment_id is null and g.enrollment_id is null
              then row_number() over (partition by e.city, e.session_id, c.enrollment_id is null and g.enrollment_id is null order by e.arrival)
         end as position
    from enrollments e
    left join seat_grants g using (city, enrollment_id)
    left join enrollment_cancellations c using (city, enrollment_id);
