using Npgsql;
using NpgsqlTypes;

namespace TaskGrid.Benchmarks;

/// <summary>The columns of a table that an INSERT fills.</summary>
/// <param name="Names">Quoted names.</param>
/// <param name="Types">Their types.</param>
internal sealed record TableColumns(string[] Names, string[] Types)
{
    public static async Task<TableColumns> ReadAsync(NpgsqlDataSource database, string table)
    {
        await using var command = database.CreateCommand("""
            select quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)
            from pg_attribute a where a.attrelid = ('tg.' || $1)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            order by a.attnum
            """);
        command.Parameters.AddWithValue(table);
        var (names, types) = (new List<string>(), new List<string>());
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
            types.Add(reader.GetString(1));
        }
        return new TableColumns([.. names], [.. types]);
    }

    /// <summary>The rows of a filter on <c>t</c>, an array of texts for each column.</summary>
    public async Task<string?[][]> RowsAsync(NpgsqlDataSource database, string table, string filter, Guid organization, Guid replica)
    {
        // Every filter names both parameters, so that one call serves all tables.
        await using var command = database.CreateCommand(
            $"select {string.Join(", ", Names.Select(n => $"t.{n}::text"))} from tg.{table} t where ({filter}) and $2::uuid is not null and $1::uuid is not null");
        command.Parameters.AddWithValue(organization);
        command.Parameters.AddWithValue(replica);
        var columns = Names.Select(_ => new List<string?>()).ToArray();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            for (var i = 0; i < columns.Length; i++) columns[i].Add(reader.IsDBNull(i) ? null : reader.GetString(i));
        if (columns[0].Count == 0) throw new InvalidOperationException($"no rows of {table} to write again");
        return [.. columns.Select(c => c.ToArray())];
    }

    public async Task InsertAsync(NpgsqlConnection connection, string table, string?[][] rows)
    {
        var casts = string.Join(", ", Names.Select((n, i) => $"u.{n}::{Types[i]}"));
        var arrays = string.Join(", ", Names.Select((_, i) => $"${i + 1}"));
        await using var command = new NpgsqlCommand(
            $"insert into {table} ({string.Join(", ", Names)}) select {casts} from unnest({arrays}) as u({string.Join(", ", Names)}) on conflict do nothing", connection);
        foreach (var column in rows)
            command.Parameters.Add(new NpgsqlParameter { Value = column, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync();
    }
}
