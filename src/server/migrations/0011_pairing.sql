-- つなぐための番号, as in 0009, each with the link in the square of dots: the same one-time code in a longer form.
alter table pairing_codes
  add column token_hash bytea not null;               -- SHA-256 of 128 random bits
create unique index pairing_codes_by_token on pairing_codes (city, token_hash);

-- つないだ電話, as in 0009, also asked by phone and by person.
create index pairings_of_device on pairings (city, device_id);
create index pairings_of_instructor on pairings (city, instructor_id);

-- 電話にある名簿. Which lists a paired phone was given and had not let go of at its last contact: what a lost phone held.
create table pairing_lists (
  city       text        not null references cities,
  pairing_id uuid        not null,
  session_id uuid        not null,
  since_at   timestamptz not null,
  until_at   timestamptz,                             -- the contact at which it was no longer there; null = it may be
  primary key (city, pairing_id, session_id),
  foreign key (city, pairing_id) references pairings (city, pairing_id)
);
