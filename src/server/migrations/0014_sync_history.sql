-- 版の印. A random mark for each version of the city. After a backup was put back, the same numbers get other marks: a device that has
-- seen a version with another mark, or one that is not here, has seen what this city no longer knows.
create table feed_versions (
  city    text   not null references cities,
  version bigint not null,
  stamp   uuid   not null default gen_random_uuid(),
  primary key (city, version)
);
insert into feed_versions (city, version) select city, version from cities where version > 0;

-- 端末の台帳, as each device reports itself; null = its program is older than the report.
alter table devices
  add column protocol         int not null default 1,
  add column program          text,                   -- which build of the program it runs
  add column last_seq         int,                    -- the highest number it ever gave to an operation: what is missing below it is a gap
  add column oldest_unsent_at timestamptz;            -- device clock: since when something waits; null = nothing does
comment on column devices.unsent_count is 'what was left on the device after the answer it got at its last contact';
