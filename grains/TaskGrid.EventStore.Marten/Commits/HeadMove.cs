using System.Data.Common;
using NpgsqlTypes;
using TaskGrid.Grains.Ports;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Storage;
using IStorageOperation = Marten.Internal.Operations.IStorageOperation;

namespace TaskGrid.EventStore.Marten.Commits;

/// <summary>
/// The fence: moves the organization's head row from where the writer left it, and fails the transaction if it does not stand there.
/// It is the last statement, so that the row is locked for no longer than the commit itself.
/// </summary>
internal sealed class HeadMove(Commit commit) : IStorageOperation
{
    /// <summary>The SQLSTATE that the functions of the schema raise.</summary>
    public const string Moved = "TG001";

    public Type DocumentType => typeof(HeadMove);

    public void ConfigureCommand(global::Weasel.Postgresql.ICommandBuilder builder, IStorageSession session)
    {
        object[] to = [commit.Next.Seq, commit.Next.Version, unchecked((long)commit.Next.Digest), commit.Next.History];
        object[] values = commit.Expected is { } from
            ? [commit.Organization.Value, from.Seq, from.Version, .. to]
            : [commit.Organization.Value, .. to];
        var function = commit.Expected is null ? "found_head" : "move_head";
        var slots = builder.AppendWithParameters($"select {MartenStore.Schema}.{function}({string.Join(", ", values.Select(_ => "?"))})", '?');
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i].NpgsqlDbType = values[i] switch { Guid => NpgsqlDbType.Uuid, long => NpgsqlDbType.Bigint, _ => NpgsqlDbType.Text };
            slots[i].Value = values[i];
        }
    }

    public OperationRole Role() => OperationRole.Other;

    public async Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token)
    {
        if (!await reader.ReadAsync(token) || await reader.GetFieldValueAsync<long>(0, token) != commit.Next.Seq)
            exceptions.Add(new InvalidOperationException("The head did not move."));
    }
}
