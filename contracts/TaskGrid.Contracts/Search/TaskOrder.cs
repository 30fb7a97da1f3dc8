using System.Globalization;

namespace TaskGrid.Contracts.Search;

/// <summary>The values by which tasks are ordered and dates compared [SE8, SE9, SE15].</summary>
public static class TaskOrder
{
    /// <summary>The rank of a priority; null for one that has none.</summary>
    public static int? RankOf(string? priority) => priority switch
    {
        "low" => 0,
        "medium" => 1,
        "high" => 2,
        "urgent" => 3,
        _ => null,
    };

    /// <summary>The first instant of a stored date, to the millisecond: a day counts as 00:00 UTC. Null if it is no date.</summary>
    public static DateTimeOffset? InstantOf(string? date)
    {
        if (date is null) return null;
        if (DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return StartOf(day);
        return DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? WireTime.Truncate(instant)
            : null;
    }

    /// <summary>A day's first instant in UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
