using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TaskGrid.Contracts;
using TaskGrid.Contracts.Search;

namespace TaskGrid.EventStore.Marten.Queries.Search;

/// <summary>The keys of the last task of a page, as opaque text of at most 2 KiB [SE16]. It is bound to its query and never expires.</summary>
/// <param name="Keys">One for each key of the order: a string, a number, or null where the task had no value.</param>
/// <param name="Id">The task.</param>
internal sealed record SearchCursor(ImmutableArray<object?> Keys, TaskId Id)
{
    private const int QueryBytes = 8;
    private const int TitleCharacters = 200;
    private const int MaxLength = 2048;

    /// <summary>True if a title may go on after what the cursor holds of it.</summary>
    public static bool IsCut(string title) => title.Length >= TitleCharacters;

    /// <summary>As much of a title as a cursor holds; never half a code point.</summary>
    public static string Cut(string title)
    {
        if (title.Length <= TitleCharacters) return title;
        return char.IsHighSurrogate(title[TitleCharacters - 1]) ? title[..(TitleCharacters + 1)] : title[..TitleCharacters];
    }

    /// <summary>What a query is told by: its cursor goes with no other.</summary>
    public static byte[] QueryOf(SearchQuery query)
    {
        string?[] parts = [query.Filter, query.Text, query.Sort, query.Today?.ToString("O", null)];
        var text = string.Join('\n', parts.Select(part => part is null ? "-" : $"{part.Length}:{part}"));
        return SHA256.HashData(Encoding.UTF8.GetBytes(text))[..QueryBytes];
    }

    public string Encode(SearchQuery query)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(QueryOf(query));
        writer.Write(Id.Value.ToByteArray());
        foreach (var key in Keys)
        {
            writer.Write((byte)(key switch { null => 0, long => 1, _ => 2 }));
            if (key is long number) writer.Write(number);
            else if (key is string text) writer.Write(text);
        }
        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>Reads the cursor of this query and order; null for anything else.</summary>
    public static SearchCursor? Decode(string text, SearchQuery query, TaskSort sort)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text) || text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))) return null;
        try
        {
            using var bytes = new MemoryStream(Base64Url.DecodeFromChars(text));
            using var reader = new BinaryReader(bytes, new UTF8Encoding(false, throwOnInvalidBytes: true));
            if (!reader.ReadBytes(QueryBytes).AsSpan().SequenceEqual(QueryOf(query))) return null;
            var id = new TaskId(new Guid(reader.ReadBytes(16)));
            var keys = sort.Keys.Select(key => Key(reader, key)).ToImmutableArray();
            return bytes.Position == bytes.Length ? new SearchCursor(keys, id) : null;
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or FormatException or InvalidDataException)
        {
            // However it was bent, it is no cursor of ours.
            return null;
        }
    }

    private static object? Key(BinaryReader reader, SortKey key)
    {
        var isText = key.Field is SortField.Title or SortField.Status or SortField.Order;
        var mayBeNull = key.Field is not (SortField.Title or SortField.Created or SortField.Updated);
        return (reader.ReadByte(), isText, mayBeNull) switch
        {
            (0, _, true) => null,
            (1, false, _) => InRange(reader.ReadInt64(), key),
            (2, true, _) => Clean(reader.ReadString()),
            _ => throw new InvalidDataException(),
        };
    }

    private static long InRange(long value, SortKey key) => key.Field == SortField.Priority
        ? value is >= 0 and <= 3 ? value : throw new InvalidDataException()
        : DateTimeOffset.FromUnixTimeMilliseconds(value).ToUnixTimeMilliseconds();

    private static string Clean(string text) => CanonicalJson.IsClean(text) ? text : throw new InvalidDataException();
}
