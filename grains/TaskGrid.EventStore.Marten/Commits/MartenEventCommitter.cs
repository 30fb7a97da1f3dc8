using System.Collections.Immutable;
using JasperFx.Events;
using Marten;
using Npgsql;
using TaskGrid.Grains.Ports;

namespace TaskGrid.EventStore.Marten.Commits;

/// <summary>Writes the log into Marten's event streams and our own tables, in one transaction that ends with the fence.</summary>
public sealed class MartenEventCommitter(IDocumentStore store, NpgsqlDataSource database) : IEventCommitter
{
    /// <inheritdoc/>
    public async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        CommitShape.Require(commit);
        await using var session = store.LightweightSession(commit.Organization.ToString());
        foreach (var stream in commit.Streams.OrderBy(stream => stream.Stream, StringComparer.Ordinal)) Append(session, stream);
        foreach (var statement in SnapshotStatements.Of(commit.Organization, commit.Tasks, commit.Core)) session.QueueOperation(statement);
        foreach (var statement in LogStatements.Of(commit)) session.QueueOperation(statement);
        session.QueueOperation(new HeadMove(commit));
        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return new CommitOutcome.Committed();
        }
        catch (Exception fault) when (LossOf(fault) is { } loss)
        {
            var lost = await FindOffendersAsync(commit, cancellationToken);
            // Where nobody else wrote, the commit itself is at fault, and deciding it again would go on for ever.
            if (loss == Loss.Refused && lost is { HeadMoved: false, Streams.IsEmpty: true }) throw;
            return lost;
        }
    }

    private static void Append(IDocumentSession session, StreamAppend append)
    {
        if (append.ExpectedVersion == 0) session.Events.StartStream(append.Stream, append.Events);
        else session.Events.Append(append.Stream, append.ExpectedVersion + append.Events.Length, append.Events);
    }

    private enum Loss { Refused, GaveWay }

    /// <summary>What a fault says of the transaction: that PostgreSQL rolled it back, or (null) that nobody knows.</summary>
    private static Loss? LossOf(Exception? fault) => fault switch
    {
        null => null,
        EventStreamUnexpectedMaxEventIdException or ExistingStreamIdCollisionException => Loss.Refused,
        // Marten has an exception of the same name, of its own.
        global::Marten.Exceptions.ExistingStreamIdCollisionException => Loss.Refused,
        PostgresException { SqlState: HeadMove.Moved or PostgresErrorCodes.UniqueViolation } => Loss.Refused,
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => Loss.GaveWay,
        AggregateException many => many.InnerExceptions.Select(LossOf).FirstOrDefault(loss => loss is not null),
        _ => LossOf(fault.InnerException),
    };

    // Marten's exception names the wrong stream, so the versions are read again.
    private async Task<CommitOutcome.Lost> FindOffendersAsync(Commit commit, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select seq, version from tg.heads where organization = $1")
        {
            Parameters = { new() { Value = commit.Organization.Value } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select id, version from tg.mt_streams where tenant_id = $1 and id = any ($2)")
        {
            Parameters =
            {
                new() { Value = commit.Organization.ToString() },
                new() { Value = commit.Streams.Select(stream => stream.Stream).ToArray() },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        (long, long)? head = await reader.ReadAsync(cancellationToken) ? (reader.GetInt64(0), reader.GetInt64(1)) : null;
        await reader.NextResultAsync(cancellationToken);
        var versions = new Dictionary<string, long>();
        while (await reader.ReadAsync(cancellationToken)) versions[reader.GetString(0)] = reader.GetInt64(1);
        (long, long)? expected = commit.Expected is { } from ? (from.Seq, from.Version) : null;
        return new CommitOutcome.Lost(head != expected,
            [.. commit.Streams.Where(stream => versions.GetValueOrDefault(stream.Stream) != stream.ExpectedVersion).Select(stream => stream.Stream)]);
    }
}
