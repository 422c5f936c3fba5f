-- 監査の記録. Only ever added to; each row carries the hash of the one before, so that a change shows.
create table audit_log (
  city       text        not null references cities,
  seq        bigint      not null,
  at         timestamptz not null,
  actor_kind text        not null check (actor_kind in ('staff', 'instructor', 'resident', 'demo', 'system')),
  actor_id   uuid,
  role       text        not null,
  device_id  uuid,
  action     text        not null,
  object     text,                                    -- `session:<id>`, `learner:<id>`: ids, never names
  reason     text,
  count      int,
  previous   bytea       not null,                    -- hash of the row before
  hash       bytea       not null,                    -- SHA-256, as hashEntry() in server/audit.ts makes it
  primary key (city, seq)
);
