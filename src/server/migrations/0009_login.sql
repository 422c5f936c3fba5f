-- 職員. Who works in the office; there is none until the first one registers by the set-up link.
create table staff (
  city          text        not null references cities,
  staff_id      uuid        not null,
  name          text        not null,
  role          text        not null check (role in ('viewer', 'organizer', 'admin')),
  instructor_id uuid,                                 -- who teaches or helps as well
  created_at    timestamptz not null,
  disabled_at   timestamptz,
  primary key (city, staff_id),
  foreign key (city, instructor_id) references instructors (city, instructor_id)
);

-- パスキー. Public keys only: what is here signs nobody in.
create table passkeys (
  city          text        not null references cities,
  credential_id text        not null,                 -- base64url
  staff_id      uuid        not null,
  public_key    bytea       not null,
  sign_count    bigint      not null,
  transports    jsonb       not null default '[]',
  label         text        not null,
  created_at    timestamptz not null,
  last_used_at  timestamptz,
  removed_at    timestamptz,
  primary key (city, credential_id),
  foreign key (city, staff_id) references staff (city, staff_id)
);

-- 一度だけの問い. What a passkey signs; used once, for a few minutes.
create table login_challenges (
  city           text        not null references cities,
  challenge_hash bytea       not null,                -- SHA-256
  purpose        text        not null check (purpose in ('signIn', 'join', 'addPasskey')),
  staff_id       uuid,                                -- join, addPasskey: who the new passkey is for
  expires_at     timestamptz not null,
  primary key (city, challenge_hash)
);

-- 一度だけの招待. The link itself is nowhere but with the one who was invited.
create table invitations (
  city        text        not null references cities,
  token_hash  bytea       not null,                   -- SHA-256 of 256 random bits
  purpose     text        not null check (purpose in ('setUp', 'join', 'recover')),
  staff_id    uuid,                                   -- recover: whose new passkey
  name        text,
  role        text,
  made_by     uuid,                                   -- null: printed by the program itself
  approved_by uuid,                                   -- recover: the second of two
  made_at     timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz,
  primary key (city, token_hash)
);

-- 入った人, as in 0002, now with an end. Rows of the links of demo mode have a role of their own and no person.
alter table logins
  add column login_id     uuid        not null default gen_random_uuid(),
  add column staff_id     uuid,
  add column browser      text        not null default '',
  add column last_seen_at timestamptz,
  add column ended_at     timestamptz,
  add foreign key (city, staff_id) references staff (city, staff_id);
create index logins_by_staff on logins (city, staff_id) where staff_id is not null;

-- つなぐための番号. Good for one phone; kept as an HMAC with a key that is not in the database.
create table pairing_codes (
  city          text        not null references cities,
  code_hash     bytea       not null,
  instructor_id uuid        not null,
  made_by       uuid,
  made_at       timestamptz not null,
  expires_at    timestamptz not null,
  used_at       timestamptz,
  primary key (city, code_hash),
  foreign key (city, instructor_id) references instructors (city, instructor_id)
);

-- つないだ電話. Whose phone it is, and until when. A phone has one person at a time.
create table pairings (
  city          text        not null references cities,
  pairing_id    uuid        not null,
  device_id     uuid        not null,
  instructor_id uuid        not null,
  paired_at     timestamptz not null,
  ended_at      timestamptz,
  end_reason    text check (end_reason in ('lost', 'left', 'changed', 'signedOut')),
  ended_by      uuid,
  wiped_at      timestamptz,                          -- first contact after the end, with everything handed in
  primary key (city, pairing_id),
  foreign key (city, instructor_id) references instructors (city, instructor_id)
);
create unique index pairings_by_device on pairings (city, device_id) where ended_at is null;
