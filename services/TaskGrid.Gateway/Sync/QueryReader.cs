using System.Collections.Immutable;
using System.Globalization;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Problems;

namespace TaskGrid.Gateway.Sync;

/// <summary>Takes query parameters and remembers what is wrong with each.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private readonly ImmutableSortedDictionary<string, string>.Builder errors = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    /// <summary>What is wrong, as 400; null if nothing is.</summary>
    public Problem? Problem => errors.Count > 0 ? Refusals.Invalid(errors.ToImmutable(), StatusCodes.Status400BadRequest) : null;

    public void Fail(string name, string what) => errors.TryAdd(name, what);

    public string? Text(string name, int most = 256)
    {
        var values = query[name];
        if (values.Count == 0) return null;
        if (values is [{ } one] && one.Length <= most && CanonicalJson.IsClean(one)) return one;
        Fail(name, values.Count > 1 ? "stands twice" : $"must be Unicode text of at most {most} characters");
        return null;
    }

    public T Id<T>(string name) where T : struct, IId<T>
    {
        if (IdText.TryParse<T>(Text(name), out var id)) return id;
        Fail(name, query.ContainsKey(name) ? "must be a UUID in lower-case text" : "is missing");
        return default;
    }

    public T? OptionalId<T>(string name) where T : struct, IId<T> => query.ContainsKey(name) ? Id<T>(name) : null;

    public long Number(string name, long least, long most, long? otherwise = null)
    {
        if (!query.ContainsKey(name))
        {
            if (otherwise is null) Fail(name, "is missing");
            return otherwise ?? least;
        }
        if (long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Fail(name, $"must be a whole number from {least} to {most}");
        return least;
    }

    public DateOnly? Day(string name)
    {
        if (!query.ContainsKey(name)) return null;
        if (DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Fail(name, "must be YYYY-MM-DD");
        return null;
    }

    public string Word(string name, string otherwise, params ReadOnlySpan<string> words)
    {
        if (!query.ContainsKey(name)) return otherwise;
        var given = Text(name);
        foreach (var word in words) if (word == given) return word;
        Fail(name, $"must be one of: {string.Join(", ", words)}");
        return otherwise;
    }
}
