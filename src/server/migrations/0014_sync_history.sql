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
  add column oldest_unsent_at timestamptz,            -- device clock: since when something waits; null = nothing does
  add column staff_id         uuid;                   -- who of the office was signed in there last
comment on column devices.unsent_count is 'what was left on the device after the answer it got at its last contact';

-- 端末のようす. Whose each device is, and what is missing below the highest number it gave: neither waiting on it nor in the books; of
-- residents' own nobody counts it. A phone that came back after its pairing had ended is a resident's again, and so is a browser of the
-- office that was signed out, unless something of it is missing.
create view device_ledger as
  select d.city, d.device_id, p.instructor_id, d.staff_id, p.pairing_id, p.ended_at, d.first_seen_at, d.last_contact_at,
         d.unsent_count, d.oldest_unsent_at, d.program, g.gap_count,
         case when p.pairing_id is not null and (p.wiped_at is null or g.gap_count > 0) then 'phone'
              when d.role = 'resident' and (d.staff_id is null or d.unsent_count + g.gap_count = 0) then 'resident'
              when d.staff_id is not null then 'office' else 'demo' end as holder
    from devices d
    left join lateral (select pairing_id, instructor_id, ended_at, wiped_at from pairings
                        where city = d.city and device_id = d.device_id
                        order by ended_at desc nulls first limit 1) p on true
   cross join lateral (select case when d.role = 'resident' and d.staff_id is null and p.pairing_id is null then 0
                                   else greatest(0, d.last_seq - d.unsent_count - (
                                        select count(*) from operations
                                         where city = d.city and device_id = d.device_id))::int end as gap_count offset 0) g;

-- まだ連絡のない端末. Sessions that ended after a device's last contact, and that it had the list of, or has marked somebody at. Devices of
-- residents have neither. `offset 0`: one device after the other, each asked for the few sessions since; not all marks of the city at once.
create view silent_devices as
  select d.city, d.device_id, s.session_id, s.title, s.held_on, s.over_at
    from devices d
   cross join lateral (
         select session_id, title, held_on, state, coalesce(ends_at, (held_on + 1)::timestamp at time zone 'Asia/Tokyo') as over_at
           from sessions
          where city = d.city and held_on >= (d.last_contact_at at time zone 'Asia/Tokyo')::date offset 0) s
   cross join lateral (
         select s.state <> 'cancelled' and exists (
                  select 1 from pairings p join pairing_lists l using (city, pairing_id)
                   where p.city = d.city and p.device_id = d.device_id and l.session_id = s.session_id and l.until_at is null)
                or s.held_on <= (d.last_contact_at at time zone 'Asia/Tokyo')::date + 1 -- what is here of it arrived by then
                   and exists (select 1 from attendance_marks m
                                where m.city = d.city and m.session_id = s.session_id and m.device_id = d.device_id) as expected
         offset 0) e
   where (d.role <> 'resident' or d.staff_id is not null
          or exists (select 1 from pairings p where p.city = d.city and p.device_id = d.device_id offset 0)) -- not those of all cities at once
     and s.over_at > d.last_contact_at and e.expected;
