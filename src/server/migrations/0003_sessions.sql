create table venues (
  city     text not null references cities,
  venue_id uuid not null,
  name     text not null,
  address  text,
  district text,
  primary key (city, venue_id)
);

create table instructors (
  city          text not null references cities,
  instructor_id uuid not null,
  name          text not null,
  name_kana     text not null,
  primary key (city, instructor_id)
);

-- 開催回. A document with a state; every change of it is an operation.
create table sessions (
  city            text not null references cities,
  session_id      uuid not null,
  kind            text not null check (kind in ('class', 'outreach', 'helpDesk', 'instructorTraining')),
  title           text not null,
  venue_id        uuid,
  held_on         date,                             -- 年度 is judged by this day
  start_time      time,
  end_time        time,
  starts_at       timestamptz generated always as ((held_on + start_time) at time zone 'Asia/Tokyo') stored,  -- twin of instantAt() in kernel/time.ts
  ends_at         timestamptz generated always as ((held_on + end_time) at time zone 'Asia/Tokyo') stored,
  capacity        int check (capacity between 1 and 500),
  teachers        jsonb not null default '[]',      -- [{instructorId, role}]
  enroll_until_on date,
  note            text,
  state           text not null check (state in ('draft', 'published', 'cancelled')),
  cancel_reason   text,
  source          jsonb,                            -- where an imported draft came from
  version         bigint not null,                  -- of its last change: guards against unseen overwriting
  primary key (city, session_id),
  foreign key (city, venue_id) references venues (city, venue_id)
);
create index sessions_by_day on sessions (city, held_on);
create unique index sessions_by_source on sessions (city, (source ->> 'key')) where source is not null;
