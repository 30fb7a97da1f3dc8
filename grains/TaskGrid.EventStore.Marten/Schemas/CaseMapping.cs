using System.Text;

namespace TaskGrid.EventStore.Marten.Schemas;

/// <summary>
/// The protocol's lower case [SE13] as a function of the database. PostgreSQL's own lower() goes by the locale of the machine, and a
/// filter must find the same there as offline.
/// </summary>
internal static class CaseMapping
{
    /// <summary>Makes <c>tg.lower_case(text)</c>. What is ASCII takes the short way.</summary>
    public static string Function { get; } = Make();

    private static string Make()
    {
        var (upper, lower) = (new StringBuilder(), new StringBuilder());
        for (var point = 0; point <= 0x10FFFF; point++)
        {
            if (!Rune.IsValid(point)) continue;
            var rune = new Rune(point);
            var mapped = Rune.ToLowerInvariant(rune);
            if (mapped == rune) continue;
            upper.Append(rune.ToString());
            lower.Append(mapped.ToString());
        }
        return $"""
            create or replace function {MartenStore.Schema}.lower_case(value text) returns text language sql immutable strict parallel safe as
            $body$ select case when octet_length(value) = char_length(value) then lower(value collate "C") else translate(value, '{upper}', '{lower}') end $body$
            """;
    }
}
