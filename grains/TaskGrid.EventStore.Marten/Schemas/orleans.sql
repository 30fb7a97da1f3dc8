-- What Orleans' ADO.NET membership, reminders and grain storage need: tables in a schema of their own, and the statements that Orleans
-- reads from OrleansQuery and runs. Its contract: names of parameters and result columns, and one number above zero for "done".

create table if not exists orleans.orleansquery (
  querykey text primary key,
  querytext text not null
);

create table if not exists orleans.membership_version (
  deployment text primary key,
  changed timestamptz not null default now(),
  version integer not null default 0
);

create table if not exists orleans.membership (
  deployment text not null references orleans.membership_version,
  address text not null,
  port integer not null,
  generation integer not null,
  silo text not null,
  host text not null,
  status integer not null,
  proxy_port integer,
  suspects text,
  started timestamptz not null,
  alive timestamptz not null,
  primary key (deployment, address, port, generation)
);

create table if not exists orleans.reminders (
  service text not null,
  grain text not null,
  name text not null,
  started timestamptz not null,
  period bigint not null,
  hash integer not null,
  version integer not null,
  primary key (service, grain, name)
);
create index if not exists reminders_by_hash on orleans.reminders (service, hash);

create table if not exists orleans.storage (
  hash integer not null,
  n0 bigint not null,
  n1 bigint not null,
  type_hash integer not null,
  type text not null,
  extension text,
  service text not null,
  payload bytea,
  modified timestamptz not null default now(),
  version integer not null
);
-- A grain's first write is an insert: of two activations that race, this lets one win.
create unique index if not exists storage_key on orleans.storage (hash, type_hash, n0, n1, type, coalesce(extension, ''), service);

insert into orleans.orleansquery (querykey, querytext) values
-- Membership. Every change of the table moves its version from where the silo read it; the version's row serialises them.
('InsertMembershipVersionKey', $sql$
  with made as (insert into orleans.membership_version (deployment) values (@DeploymentId) on conflict do nothing returning 1)
  select count(*)::integer from made
$sql$),
('InsertMembershipKey', $sql$
  with moved as (
    update orleans.membership_version set changed = now(), version = version + 1
    where deployment = @DeploymentId and version = @Version and not exists (
      select from orleans.membership where deployment = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning 1),
  made as (
    insert into orleans.membership (deployment, address, port, generation, silo, host, status, proxy_port, started, alive)
    select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from moved
    returning 1)
  select count(*)::integer from made
$sql$),
('UpdateMembershipKey', $sql$
  with moved as (
    update orleans.membership_version set changed = now(), version = version + 1
    where deployment = @DeploymentId and version = @Version and exists (
      select from orleans.membership where deployment = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning 1),
  done as (
    update orleans.membership set status = @Status, suspects = @SuspectTimes, alive = @IAmAliveTime from moved
    where deployment = @DeploymentId and address = @Address and port = @Port and generation = @Generation
    returning 1)
  select count(*)::integer from done
$sql$),
('UpdateIAmAlivetimeKey', $sql$
  update orleans.membership set alive = @IAmAliveTime
  where deployment = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$sql$),
-- The version is answered also where no silo is.
('MembershipReadRowKey', $sql$
  select v.deployment as DeploymentId, m.address as Address, m.port as Port, m.generation as Generation, m.silo as SiloName,
         m.host as HostName, m.status as Status, m.proxy_port as ProxyPort, m.suspects as SuspectTimes, m.started as StartTime,
         m.alive as IAmAliveTime, v.version as Version
  from orleans.membership_version v
  left join orleans.membership m on m.deployment = v.deployment and m.address = @Address and m.port = @Port and m.generation = @Generation
  where v.deployment = @DeploymentId
$sql$),
('MembershipReadAllKey', $sql$
  select v.deployment as DeploymentId, m.address as Address, m.port as Port, m.generation as Generation, m.silo as SiloName,
         m.host as HostName, m.status as Status, m.proxy_port as ProxyPort, m.suspects as SuspectTimes, m.started as StartTime,
         m.alive as IAmAliveTime, v.version as Version
  from orleans.membership_version v left join orleans.membership m on m.deployment = v.deployment
  where v.deployment = @DeploymentId
$sql$),
('DeleteMembershipTableEntriesKey', $sql$
  with gone as (delete from orleans.membership where deployment = @DeploymentId)
  delete from orleans.membership_version where deployment = @DeploymentId
$sql$),
('GatewaysQueryKey', $sql$
  select address as Address, proxy_port as ProxyPort, generation as Generation from orleans.membership
  where deployment = @DeploymentId and status = @Status and proxy_port > 0
$sql$),
-- 3 is an active silo: only what is no longer active is swept.
('CleanupDefunctSiloEntriesKey', $sql$
  delete from orleans.membership where deployment = @DeploymentId and alive < @IAmAliveTime and status <> 3
$sql$),

-- Reminders.
('UpsertReminderRowKey', $sql$
  insert into orleans.reminders as r (service, grain, name, started, period, hash, version)
  values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
  on conflict (service, grain, name) do update set started = excluded.started, period = excluded.period, hash = excluded.hash, version = r.version + 1
  returning r.version as Version
$sql$),
('ReadReminderRowsKey', $sql$
  select grain as GrainId, name as ReminderName, started as StartTime, period as Period, version as Version
  from orleans.reminders where service = @ServiceId and grain = @GrainId
$sql$),
('ReadReminderRowKey', $sql$
  select grain as GrainId, name as ReminderName, started as StartTime, period as Period, version as Version
  from orleans.reminders where service = @ServiceId and grain = @GrainId and name = @ReminderName
$sql$),
('ReadRangeRows1Key', $sql$
  select grain as GrainId, name as ReminderName, started as StartTime, period as Period, version as Version
  from orleans.reminders where service = @ServiceId and hash > @BeginHash and hash <= @EndHash
$sql$),
-- A range that goes over the end of the ring.
('ReadRangeRows2Key', $sql$
  select grain as GrainId, name as ReminderName, started as StartTime, period as Period, version as Version
  from orleans.reminders where service = @ServiceId and (hash > @BeginHash or hash <= @EndHash)
$sql$),
('DeleteReminderRowKey', $sql$
  with gone as (delete from orleans.reminders where service = @ServiceId and grain = @GrainId and name = @ReminderName and version = @Version returning 1)
  select count(*)::integer from gone
$sql$),
('DeleteReminderRowsKey', $sql$
  delete from orleans.reminders where service = @ServiceId
$sql$),

-- Grain storage. A write that does not find the version it was read at answers that version again, and Orleans tells the grain.
('WriteToStorageKey', $sql$
  with written as (
    update orleans.storage set payload = @PayloadBinary, modified = now(), version = version + 1
    where hash = @GrainIdHash and type_hash = @GrainTypeHash and n0 = @GrainIdN0 and n1 = @GrainIdN1 and type = @GrainTypeString
      and extension is not distinct from @GrainIdExtensionString::text and service = @ServiceId and version = @GrainStateVersion::integer
    returning version),
  made as (
    insert into orleans.storage (hash, n0, n1, type_hash, type, extension, service, payload, version)
    select @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString::text, @ServiceId, @PayloadBinary, 1
    where @GrainStateVersion::integer is null
    on conflict do nothing
    returning version)
  select coalesce((select version from written), (select version from made), @GrainStateVersion::integer) as NewGrainStateVersion
$sql$),
('ReadFromStorageKey', $sql$
  select payload as PayloadBinary, modified as ModifiedOn, version as Version from orleans.storage
  where hash = @GrainIdHash and type_hash = @GrainTypeHash and n0 = @GrainIdN0 and n1 = @GrainIdN1 and type = @GrainTypeString
    and extension is not distinct from @GrainIdExtensionString::text and service = @ServiceId
$sql$),
('ClearStorageKey', $sql$
  update orleans.storage set payload = null, modified = now(), version = version + 1
  where hash = @GrainIdHash and type_hash = @GrainTypeHash and n0 = @GrainIdN0 and n1 = @GrainIdN1 and type = @GrainTypeString
    and extension is not distinct from @GrainIdExtensionString::text and service = @ServiceId and version = @GrainStateVersion::integer
  returning version as NewGrainStateVersion
$sql$),
('DeleteStorageKey', $sql$
  delete from orleans.storage
  where hash = @GrainIdHash and type_hash = @GrainTypeHash and n0 = @GrainIdN0 and n1 = @GrainIdN1 and type = @GrainTypeString
    and extension is not distinct from @GrainIdExtensionString::text and service = @ServiceId and version = @GrainStateVersion::integer
  returning version + 1 as NewGrainStateVersion
$sql$)
on conflict (querykey) do update set querytext = excluded.querytext;
