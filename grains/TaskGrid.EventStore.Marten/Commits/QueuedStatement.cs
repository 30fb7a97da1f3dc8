using System.Data.Common;
using System.Text;
using Npgsql;
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

    /// <summary>The same statement outside of a session, for a rebuild.</summary>
    public NpgsqlBatchCommand ToCommand()
    {
        var parts = sql.Split('?');
        var text = new StringBuilder(parts[0]);
        for (var i = 1; i < parts.Length; i++) text.Append('$').Append(i).Append(parts[i]);
        var command = new NpgsqlBatchCommand(text.ToString());
        foreach (var (value, type) in parameters) command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    public OperationRole Role() => OperationRole.Other;

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}
