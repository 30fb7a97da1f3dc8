using System.Data.Common;
using Marten.Services;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Storage;
using IStorageOperation = Marten.Internal.Operations.IStorageOperation;

namespace TaskGrid.EventStore.Marten.Commits;

/// <summary>A statement in a session's transaction, after its events. Parameters carry their types, which arrays of jsonb need.</summary>
internal sealed class QueuedStatement(string sql, params (object? Value, NpgsqlDbType Type)[] parameters) : IStorageOperation, NoDataReturnedCall
{
    public Type DocumentType => typeof(QueuedStatement);

    public void ConfigureCommand(global::Weasel.Postgresql.ICommandBuilder builder, IStorageSession session)
    {
        var slots = builder.AppendWithParameters(sql, '?');
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i].NpgsqlDbType = parameters[i].Type;
            slots[i].Value = parameters[i].Value ?? DBNull.Value;
        }
    }

    public OperationRole Role() => OperationRole.Other;

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}
