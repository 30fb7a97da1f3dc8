using Npgsql;
using NpgsqlTypes;

namespace TaskGrid.EventStore.Marten.Queries.Search;

/// <summary>The parameters of a statement that is put together: nothing that a person wrote ever stands in its text.</summary>
internal sealed class SqlParameters
{
    private readonly List<NpgsqlParameter> parameters = [];

    /// <summary>Adds a value; answers how the statement names it.</summary>
    public string Add(object value, NpgsqlDbType type)
    {
        parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        return $"${parameters.Count}";
    }

    public string Text(string value) => Add(value, NpgsqlDbType.Text);

    public string Json(string value) => Add(value, NpgsqlDbType.Jsonb);

    public string Time(DateTimeOffset value) => Add(value.UtcDateTime, NpgsqlDbType.TimestampTz);

    public void Into(NpgsqlCommand command) => command.Parameters.AddRange(parameters.ToArray());
}
