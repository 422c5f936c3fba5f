-- 監査の記録. Only ever added to; each line carries the hash of the one before, so that a change shows.
create table audit_log (
  city       text           not null,                 -- refers to no table: see audit_pending
  seq        bigint         not null,                 -- 1, 2, 3 …: a number that is missing is a line that was taken away
  at         timestamptz(3) not null,                 -- milliseconds, as the program tells time: nothing finer could be hashed
  actor_kind text           not null check (actor_kind in ('staff', 'instructor', 'resident', 'demo', 'system')),
  actor_id   uuid,
  role       text           not null,
  device_id  uuid,
  action     text           not null,
  outcome    text           not null check (outcome in ('accepted', 'refused')),
  object     text,                                    -- `session:<id>`, `learner:<id>`: ids, never names
  reason     text,
  count      int,
  previous   bytea          not null,                 -- hash of the line before
  hash       bytea          not null,                 -- SHA-256 of `previous` and audit_text()
  primary key (city, seq)
);

-- 鎖の終わり. The last line of each month, and of this one so far: without it, nobody would miss lines cut off at the end.
create table audit_heads (
  city  text           not null,
  month date           not null,                      -- its first day, in Japan
  seq   bigint         not null,
  hash  bytea          not null,
  at    timestamptz(3) not null,
  primary key (city, month)
);

-- 確かめた結果. What each check of the chain found.
create table audit_checks (
  city        text           not null references cities,
  check_id    uuid           not null,
  at          timestamptz(3) not null,
  line_count  int            not null,
  head_seq    bigint,                                 -- null: there was no line yet
  head_hash   bytea,
  break_count int            not null,
  breaks      jsonb          not null,                -- AuditBreak[], the first of them
  primary key (city, check_id)
);
create index audit_checks_by_time on audit_checks (city, at);

-- What the transactions under way have to say. Empty for everybody else: the rows become lines as their transaction commits.
-- Refers to no table: looking the city up would wait for the push that holds its row.
create unlogged table audit_pending (
  city       text  not null,
  pending_id uuid  not null default gen_random_uuid(),
  entries    jsonb not null,                          -- AuditEntry[], actors and all in one level
  primary key (city, pending_id)
);

create function pending_entries(entries jsonb)
returns table (at timestamptz(3), kind text, id uuid, role text, "deviceId" uuid, action text, outcome text, object text, reason text,
               count int, place bigint) language sql immutable as $$
  select * from rows from (jsonb_to_recordset(entries) as (at timestamptz(3), kind text, id uuid, role text, "deviceId" uuid, action text,
                           outcome text, object text, reason text, count int)) with ordinality
$$;

-- Adds lines in their order. Called by the commit itself: its lock is the last one a transaction ever asks for, so that no two can
-- wait for each other, and whoever writes long before that keeps nobody waiting. Two processes get numbers one after the other.
create function chain_audit() returns trigger language plpgsql as $$
declare
  head_seq  bigint;
  head_hash bytea;
  hashes    bytea[];
  said      text;
  last_at   timestamptz(3);
begin
  perform pg_advisory_xact_lock(hashtextextended('audit ' || new.city, 0));
  delete from audit_pending where city = new.city and pending_id = new.pending_id;
  -- From the longer of the two: lines that were cut off stay a gap for ever.
  select h.seq, h.hash into head_seq, head_hash
    from (select seq, hash, 0 as rank from audit_heads where city = new.city
          union all
          (select seq, hash, 1 from audit_log where city = new.city order by seq desc limit 1)) as h
   order by h.seq desc, h.rank limit 1;
  head_seq := coalesce(head_seq, 0);
  hashes := array[coalesce(head_hash, sha256(convert_to('yorozu audit ' || new.city, 'UTF8')))];
  -- Each text is what a line's hash is made of, after its number; twin of canonicalEntry() in audit/domain/chain.ts.
  for said, last_at in
    select ',"' || to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '",' || to_json(e.kind)::text
             || ',' || coalesce('"' || e.id || '"', 'null') || ',' || to_json(e.role)::text
             || ',' || coalesce('"' || e."deviceId" || '"', 'null') || ',' || to_json(e.action)::text
             || ',' || to_json(e.outcome)::text || ',' || coalesce(to_json(e.object)::text, 'null')
             || ',' || coalesce(to_json(e.reason)::text, 'null') || ',' || coalesce(e.count::text, 'null') || ']', e.at
      from pending_entries(new.entries) as e order by e.place
  loop
    head_seq := head_seq + 1;
    head_hash := hashes[cardinality(hashes)];
    hashes := hashes || sha256(head_hash || convert_to('[' || head_seq || said, 'UTF8'));
  end loop;
  if cardinality(hashes) = 1 then return null; end if;
  insert into audit_log
  select new.city, head_seq - cardinality(hashes) + 1 + e.place, e.at, e.kind, e.id, e.role, e."deviceId", e.action, e.outcome,
         e.object, e.reason, e.count, hashes[e.place], hashes[e.place + 1]
    from pending_entries(new.entries) as e order by e.place;
  insert into audit_heads as held (city, month, seq, hash, at)
  values (new.city, date_trunc('month', last_at at time zone 'Asia/Tokyo')::date, head_seq, hashes[cardinality(hashes)], last_at)
  on conflict (city, month) do update set seq = excluded.seq, hash = excluded.hash, at = excluded.at;
  return null;
end
$$;
create constraint trigger audit_pending_chained after insert on audit_pending deferrable initially deferred
  for each row execute function chain_audit();

-- Takes the oldest lines away, up to the last one in a row that is older than `before`. Says which that was; nothing when there is none.
-- Whoever calls it writes that down as a line `audit.purged`, which the check then takes for the beginning.
create function purge_audit(in_city text, before timestamptz, out last_seq bigint, out last_hash bytea, out purged int)
returns setof record language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('audit ' || in_city, 0));
  select l.seq, l.hash into last_seq, last_hash from audit_log l
   where l.city = in_city
     and l.seq < coalesce((select k.seq from audit_log k where k.city = in_city and k.at >= before order by k.seq limit 1),
                          9223372036854775807)
   order by l.seq desc limit 1;
  if last_seq is null then return; end if;
  perform set_config('yorozu.audit_purge', in_city || ' ' || last_seq, true);
  delete from audit_log where city = in_city and seq <= last_seq;
  get diagnostics purged = row_count;
  perform set_config('yorozu.audit_purge', '', true);
  return next;
end
$$;

create function keep_audit() returns trigger language plpgsql as $$
declare
  allowed text := coalesce(current_setting('yorozu.audit_purge', true), '');
begin
  if tg_op = 'DELETE' and tg_table_name = 'audit_log' and allowed <> '' then
    if old.city = split_part(allowed, ' ', 1) and old.seq <= split_part(allowed, ' ', 2)::bigint then return old; end if;
  end if;
  if tg_op = 'UPDATE' and tg_table_name = 'audit_heads' then
    if new.city = old.city and new.month = old.month and new.seq > old.seq then return new; end if;
  end if;
  raise exception '% is only ever added to', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger audit_log_kept before update or delete on audit_log for each row execute function keep_audit();
create trigger audit_log_not_emptied before truncate on audit_log for each statement execute function keep_audit();
create trigger audit_heads_kept before update or delete on audit_heads for each row execute function keep_audit();
create trigger audit_heads_not_emptied before truncate on audit_heads for each statement execute function keep_audit();
create trigger audit_checks_kept before update or delete on audit_checks for each row execute function keep_audit();
create trigger audit_checks_not_emptied before truncate on audit_checks for each statement execute function keep_audit();
