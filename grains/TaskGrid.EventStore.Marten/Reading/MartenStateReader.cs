using System.Collections.Immutable;
using System.Data;
using System.Runtime.InteropServices;
using System.Text.Json;
using Npgsql;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.Domain.Tasks;
using TaskGrid.EventStore.Marten.Json;
using TaskGrid.Grains.Ports;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Marten.Reading;

/// <summary>Reads what grains need from the snapshots, and text edits from the events.</summary>
public sealed class MartenStateReader(NpgsqlDataSource database) : IStateReader
{
    /// <inheritdoc/>
    public async Task<OrganizationState> LoadOrganizationAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // One snapshot for all of the statements: a commit between two of them would show a head without its tree.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var sql in OrganizationSql)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = organization.Value } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return OrganizationState.Absent.Instance;
        var head = new LogHead(reader.GetInt64(0), reader.GetInt64(1), unchecked((ulong)reader.GetInt64(2)), reader.GetString(3));
        var core = StoredJson.Read<OrganizationCore>(reader.GetString(4));
        await reader.NextResultAsync(cancellationToken);
        var replicas = await ReadReplicasAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var tree = await ReadTreeAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var conflicts = await ReadConflictsAsync(reader, cancellationToken);
        return new OrganizationState.Present(core, head, replicas, tree, conflicts);
    }

    /// <inheritdoc/>
    public async Task<LogHead?> LoadHeadAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select seq, version, digest, history from tg.heads where organization = $1");
        command.Parameters.Add(new() { Value = organization.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new LogHead(reader.GetInt64(0), reader.GetInt64(1), unchecked((ulong)reader.GetInt64(2)), reader.GetString(3))
            : null;
    }

    private static readonly string[] OrganizationSql =
    [
        "select h.seq, h.version, h.digest, h.history, o.core from tg.heads h join tg.organizations o using (organization) where organization = $1",
        "select replica, owner, last_n, last_base from tg.replicas where organization = $1",
        "select id, place from tg.tasks where organization = $1",
        "select id, note from tg.conflicts where organization = $1",
    ];

    private static async Task<ImmutableDictionary<ReplicaId, ReplicaMark>> ReadReplicasAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var replicas = ImmutableDictionary.CreateBuilder<ReplicaId, ReplicaMark>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var replica = new ReplicaId(reader.GetGuid(0));
            replicas[replica] = new ReplicaMark(replica, new UserId(reader.GetGuid(1)), reader.GetInt64(2), reader.GetInt64(3));
        }
        return replicas.ToImmutable();
    }

    private static async Task<TaskTree> ReadTreeAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var nodes = new List<TreeNode>();
        while (await reader.ReadAsync(cancellationToken))
            nodes.Add(StoredJson.Read<TreePlace>(reader.GetString(1)).Of(new TaskId(reader.GetGuid(0))));
        return TaskTree.Of(nodes);
    }

    private static async Task<ImmutableDictionary<ConflictId, ConflictRef>> ReadConflictsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var conflicts = ImmutableDictionary.CreateBuilder<ConflictId, ConflictRef>();
        while (await reader.ReadAsync(cancellationToken))
            conflicts[new ConflictId(reader.GetGuid(0))] = ConflictRef.Of(StoredJson.Read<ConflictNote>(reader.GetString(1)));
        return conflicts.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<TaskState.Present>> LoadTasksAsync(
        OrganizationId organization, ImmutableArray<TaskId> tasks, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select line, merge from tg.tasks where organization = $1 and id = any ($2)");
        command.Parameters.Add(new() { Value = organization.Value });
        command.Parameters.Add(new() { Value = tasks.Select(task => task.Value).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var states = ImmutableArray.CreateBuilder<TaskState.Present>();
        while (await reader.ReadAsync(cancellationToken))
            states.Add(new TaskState.Present(StoredJson.Read<TaskLine>(reader.GetString(0)), StoredJson.Read<TaskMerge>(reader.GetString(1))));
        return states.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<GivenAnswer>> LoadReceiptsAsync(
        OrganizationId organization, ReplicaId replica, long fromN, long toN, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select r.n, r.hash, r.result, f.change
            from tg.receipts r left join tg.feed f on f.organization = r.organization and f.seq = r.seq
            where r.organization = $1 and r.replica = $2 and r.n between $3 and $4 order by r.n
            """);
        command.Parameters.Add(new() { Value = organization.Value });
        command.Parameters.Add(new() { Value = replica.Value });
        command.Parameters.Add(new() { Value = fromN });
        command.Parameters.Add(new() { Value = toN });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var answers = ImmutableArray.CreateBuilder<GivenAnswer>();
        while (await reader.ReadAsync(cancellationToken)) answers.Add(ReadAnswer(reader));
        return answers.ToImmutable();
    }

    private static GivenAnswer ReadAnswer(NpgsqlDataReader reader)
    {
        var (n, hash) = (reader.GetInt64(0), ImmutableCollectionsMarshal.AsImmutableArray(reader.GetFieldValue<byte[]>(1)));
        return reader.IsDBNull(2)
            ? new GivenAnswer.Taken(n, hash, JsonSerializer.Deserialize(reader.GetString(3), ContractsJson.Default.CanonicalChange)!)
            : new GivenAnswer.Rejected(n, hash, StoredJson.Read<ChangeResult>(reader.GetString(2)));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<TextLogEntry>> LoadTextLogAsync(
        OrganizationId organization, TaskId task, string field, long since, CancellationToken cancellationToken)
    {
        // The edit as sent is only in the event.
        await using var command = database.CreateCommand(
            """
            select e.type, e.data
            from tg.feed f join tg.mt_events e on e.tenant_id = $1 and e.stream_id = f.stream and e.version = f.version
            where f.organization = $2 and f.task = $3 and f.field = $4 and f.seq > $5 and f.op in ('text', 'resolve')
            order by f.seq
            """);
        command.Parameters.Add(new() { Value = organization.ToString() });
        command.Parameters.Add(new() { Value = organization.Value });
        command.Parameters.Add(new() { Value = task.Value });
        command.Parameters.Add(new() { Value = field });
        command.Parameters.Add(new() { Value = since });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = ImmutableArray.CreateBuilder<TextLogEntry>();
        while (await reader.ReadAsync(cancellationToken))
            if (StoredJson.ReadEvent(reader.GetString(0), reader.GetString(1)) is TaskEvent e && TextLog.EntryOf(e) is { } edited)
                entries.Add(edited.Entry);
        return entries.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task<Register> LoadRegisterAsync(OrganizationId organization, TaskId task, string field, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select type, data from tg.mt_events where tenant_id = $1 and stream_id = $2 and type = any ($3) order by version");
        command.Parameters.Add(new() { Value = organization.ToString() });
        command.Parameters.Add(new() { Value = StreamKeys.OfTask(task) });
        command.Parameters.Add(new() { Value = WritingRegisters });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<TaskEvent>();
        while (await reader.ReadAsync(cancellationToken)) events.Add((TaskEvent)StoredJson.ReadEvent(reader.GetString(0), reader.GetString(1)));
        return RegisterLog.Of(events, field);
    }

    private static readonly string[] WritingRegisters =
        [EventNames.ByType[typeof(TaskEvent.Created)], EventNames.ByType[typeof(TaskEvent.FieldSet)], EventNames.ByType[typeof(TaskEvent.ConflictResolved)]];
}
