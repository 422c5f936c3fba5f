-- 出欠. A mark is a fact: inserted once, never changed. What is true now is the view.
create table attendance_marks (
  city       text        not null references cities,
  mark_id    uuid        not null,                  -- made on the phone, so a resend is the same row
  session_id uuid        not null,
  learner_id uuid        not null,
  marked_at  timestamptz not null,                  -- device clock, not arrival
  device_id  uuid        not null,
  walk_in    boolean     not null,
  concern    jsonb,                                 -- CheckInConcern kept for review; null = nothing odd
  primary key (city, mark_id)
);
create index attendance_marks_by_session on attendance_marks (city, session_id, learner_id);

create table attendance_undos (
  city      text        not null references cities,
  mark_id   uuid        not null,                   -- the fact it takes back, perhaps not yet arrived
  undone_at timestamptz not null,
  device_id uuid        not null,
  primary key (city, mark_id)
);

create view attendance as                           -- twin of presentLearners() in attendance/domain/mark.ts
  select city, session_id, learner_id, min(marked_at) as first_marked_at,
         count(distinct device_id)::int as device_count, bool_or(walk_in) as walk_in
    from attendance_marks m
   where not exists (select 1 from attendance_undos u where u.city = m.city and u.mark_id = m.mark_id)
   group by city, session_id, learner_id;
