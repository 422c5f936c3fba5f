-- 操作. One row per operation for ever: idempotency key, audit log and device ledger in one.
create table operations (
  city        text        not null references cities,
  id          uuid        not null,                 -- made on the device: a resend is the same row
  device_id   uuid        not null,
  seq         int         not null,                 -- counts up per device; a gap is a lost operation
  name        text        not null,
  payload     jsonb       not null,
  role        text        not null,                 -- who said it
  device_at   timestamptz not null,                 -- device clock: when it happened
  received_at timestamptz not null,                 -- server clock: order between devices
  version     bigint      not null,
  outcome     jsonb       not null,                 -- what was answered, and will be again
  primary key (city, id)
);
create index operations_by_device on operations (city, device_id, seq);

-- 端末. Known from its first contact on; the secret proves that it is the same one.
create table devices (
  city            text        not null references cities,
  device_id       uuid        not null,
  secret_hash     bytea       not null,             -- SHA-256
  role            text        not null,
  first_seen_at   timestamptz not null,
  last_contact_at timestamptz not null,
  unsent_count    int         not null,             -- as the device reported it
  primary key (city, device_id)
);

-- 変更の流れ. Exactly what a device may hold, already stripped. Nothing else ever reaches a phone.
create table device_records (
  city    text    not null references cities,
  bucket  text    not null,
  kind    text    not null,
  id      text    not null,
  version bigint  not null,
  body    jsonb,                                    -- null = deleted
  primary key (city, bucket, kind, id)
);
create index device_records_feed on device_records (city, bucket, version);

-- 入った人. One row per opened link; only the hash of its cookie is kept.
create table logins (
  city       text        not null references cities,
  token_hash bytea       not null,                  -- SHA-256 of the cookie's 256 random bits
  role       text        not null,
  opened_at  timestamptz not null,
  primary key (city, token_hash)
);
