-- Where this log stands: the database server and tables that hold it. A copy that was restored from a backup stands elsewhere, or was
-- told to start new histories; both are remembered here. One row.
create table tg.whereabouts (
  single boolean primary key default true check (single),
  place text not null,              -- of the server, the database and the heads
  restored_in text                  -- the place and run of the server in which histories were last started anew
);
