-- 市. Every table's key starts with `city`; no statement crosses cities.
create table cities (
  city                 text primary key,              -- 全国地方公共団体コード, 6 digits
  name                 text not null,
  phone                text not null,                  -- shown on every screen
  learners_per_teacher int  not null default 4 check (learners_per_teacher > 0),  -- twin of LEARNERS_PER_TEACHER in enrollment/domain/seats.ts
  version              bigint not null default 0       -- last version of the change feed; its row lock orders all writes of the city
);
