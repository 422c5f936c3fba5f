-- 第二の入り方. A sheet of one-use codes and a code that changes, for who cannot use a passkey. Nothing here signs anybody in by itself.
create table second_ways (
  city          text        not null references cities,
  second_way_id uuid        not null,
  staff_id      uuid        not null,
  staff_number  text        not null check (staff_number ~ '^[1-9][0-9]{5}$'),
  secret        bytea       not null,                 -- of the changing code; AES-256-GCM with a key that is not in the database
  made_by       uuid,                                 -- null: a role of demo mode
  made_at       timestamptz not null,
  confirmed_at  timestamptz,                          -- null: no code has been typed yet, so it lets nobody in
  removed_at    timestamptz,
  last_step     bigint,                               -- the newest time step that was used: none is taken twice
  primary key (city, second_way_id),
  foreign key (city, staff_id) references staff (city, staff_id)
);
create unique index second_ways_by_staff on second_ways (city, staff_id) where removed_at is null;
create unique index second_ways_by_number on second_ways (city, staff_number) where removed_at is null;

-- 紙の番号. As an HMAC with a key that is not in the database.
create table second_way_codes (
  city          text        not null references cities,
  second_way_id uuid        not null,
  code_hash     bytea       not null,
  used_at       timestamptz,
  primary key (city, second_way_id, code_hash),
  foreign key (city, second_way_id) references second_ways (city, second_way_id)
);

-- 入り直しの願い. One asks, another one agrees; only then is there a link (invitations, purpose «recover»).
create table recoveries (
  city        text        not null references cities,
  recovery_id uuid        not null,
  staff_id    uuid        not null,
  asked_by    uuid,                                   -- null: a role of demo mode, as below
  asked_at    timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  closed_at   timestamptz,                            -- withdrawn, or the person has come in again
  primary key (city, recovery_id),
  foreign key (city, staff_id) references staff (city, staff_id)
);
create unique index recoveries_by_staff on recoveries (city, staff_id) where approved_at is null and closed_at is null;
