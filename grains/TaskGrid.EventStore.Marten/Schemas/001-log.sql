-- The log's own tables, beside Marten's (tg.mt_streams, tg.mt_events), which hold the events themselves.
-- Everything here but heads, receipts and replicas can be rebuilt from the events.

-- The fence: one row per organization, moved as the last statement of every commit and only from where the writer left it.
-- Half of each page stays free so that the row moves within its page.
create table tg.heads (
  organization uuid primary key,
  seq bigint not null,
  version bigint not null,
  digest bigint not null,           -- unsigned 64 bits as a bit pattern
  history text not null
) with (fillfactor = 50);

create function tg.found_head(p_organization uuid, p_seq bigint, p_version bigint, p_digest bigint, p_history text) returns bigint
language plpgsql as $$
begin
  insert into tg.heads (organization, seq, version, digest, history)
  values (p_organization, p_seq, p_version, p_digest, p_history)
  on conflict (organization) do nothing;
  if not found then
    raise exception 'the organization exists' using errcode = 'TG001';
  end if;
  return p_seq;
end $$;

create function tg.move_head(
  p_organization uuid, p_from_seq bigint, p_from_version bigint, p_seq bigint, p_version bigint, p_digest bigint, p_history text) returns bigint
language plpgsql as $$
begin
  update tg.heads set seq = p_seq, version = p_version, digest = p_digest, history = p_history
  where organization = p_organization and seq = p_from_seq and version = p_from_version;
  if not found then
    raise exception 'the head does not stand where the writer left it' using errcode = 'TG001';
  end if;
  return p_seq;
end $$;

create table tg.organizations (
  organization uuid primary key,
  name text not null,
  closed boolean not null,
  core json not null
);

create table tg.members (
  organization uuid not null,
  member uuid not null,
  name text not null,
  role text not null,
  primary key (organization, member)
);
create index members_by_member on tg.members (member);

-- One row per task, tombstones included. The columns after digest_term are for search; the words are made by the same code that
-- evaluates filters offline, since no text search parser of PostgreSQL knows the protocol's words.
create table tg.tasks (
  organization uuid not null,
  id uuid not null,
  seq bigint not null,
  version bigint not null,
  line jsonb not null,
  merge json not null,
  place json not null,
  deleted boolean not null,
  digest_term bigint not null,
  words tsvector not null,
  created timestamptz not null,
  updated timestamptz not null,
  due timestamptz,
  priority smallint,
  status text collate "C",
  title text collate "C" not null,
  sort_order text collate "C",
  facets jsonb not null generated always as (line - '{kind,id,seq,title,description,comments,attachments,createdAt,updatedAt,deleted}'::text[]) stored,
  primary key (organization, id)
);
create index tasks_by_seq on tg.tasks (organization, seq);
create index tasks_by_updated on tg.tasks (organization, updated);
create index tasks_by_created on tg.tasks (organization, created);
create index tasks_by_due on tg.tasks (organization, due);
-- A title may be longer than an index entry; its first characters order it almost wholly.
create index tasks_by_title on tg.tasks (organization, left(title, 200));
create index tasks_by_order on tg.tasks (organization, sort_order);

-- btree_gin lets one index hold the organization beside the words. Where the contrib modules are not installed, the index goes without.
do $$
begin
  if exists (select from pg_available_extensions where name = 'btree_gin') then
    create extension if not exists btree_gin;
    create index tasks_by_facets on tg.tasks using gin (organization, facets jsonb_path_ops);
    create index tasks_by_words on tg.tasks using gin (organization, words);
  else
    create index tasks_by_facets on tg.tasks using gin (facets jsonb_path_ops);
    create index tasks_by_words on tg.tasks using gin (words);
  end if;
end $$;

-- One row per place in the log: where the change's own event is, and the canonical change as it is sent.
create table tg.feed (
  organization uuid not null,
  seq bigint not null,
  stream text not null,
  version bigint not null,
  task uuid,
  also uuid[] not null,
  replica uuid,
  n bigint,
  op text not null,
  field text,
  change json not null,
  primary key (organization, seq)
);
create index feed_by_task on tg.feed (organization, task, seq) where task is not null;
create index feed_by_also on tg.feed using gin (also) where also <> '{}';

create table tg.receipts (
  organization uuid not null,
  replica uuid not null,
  n bigint not null,
  hash bytea not null,
  seq bigint,
  result json not null,
  primary key (organization, replica, n)
);

create table tg.replicas (
  organization uuid not null,
  replica uuid not null,
  owner uuid not null,
  last_n bigint not null,
  last_base bigint not null,
  primary key (organization, replica)
);

create table tg.conflicts (
  organization uuid not null,
  id uuid not null,
  seq bigint not null,              -- of the change that made it: it orders pages and never moves
  task uuid not null,
  open boolean not null,
  note json not null,
  primary key (organization, id)
);
create index conflicts_by_seq on tg.conflicts (organization, seq, id);
create index conflicts_open on tg.conflicts (organization, seq, id) where open;
create index conflicts_by_task on tg.conflicts (organization, task);
