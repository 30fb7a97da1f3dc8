using System.Globalization;

namespace TaskGrid.Cli;

/// <summary>How times read: by a person's calendar, and in words.</summary>
/// <param name="zone">Where the person is.</param>
/// <param name="now">The present, as the server would have it: what is told of others was stamped by its clock.</param>
internal sealed class Moments(TimeZoneInfo zone, DateTimeOffset now)
{
    private static readonly (double Seconds, string Unit)[] Units =
        [(365.25 * 86_400, "year"), (30.4375 * 86_400, "month"), (7 * 86_400, "week"), (86_400, "day"), (3_600, "hour"), (60, "minute")];

    private static readonly (double Seconds, string Unit)[] ShortUnits = [(365.25 * 86_400, "years"), (86_400, "days"), (3_600, "h"), (60, "min"), (1, "s")];

    /// <summary>The time of day.</summary>
    public string Clock(DateTimeOffset time) => Format(time, "HH:mm");

    /// <summary>The day, as a heading.</summary>
    public string Day(DateTimeOffset time) => Nearby(time) is { } word
        ? $"{char.ToUpperInvariant(word[0])}{word[1..]}, {Format(time, "d MMMM yyyy")}"
        : Format(time, "dddd, d MMMM yyyy");

    /// <summary>Day and time, as short as they are clear.</summary>
    public string At(DateTimeOffset time, bool seconds = false) =>
        $"{Nearby(time) ?? Format(time, Local(time).Year == Local(now).Year ? "d MMM" : "d MMM yyyy")} {Format(time, seconds ? "HH:mm:ss" : "HH:mm")}";

    /// <summary>Whether two times are on one day.</summary>
    public bool SameDay(DateTimeOffset one, DateTimeOffset other) => Local(one).Date == Local(other).Date;

    /// <summary>How long ago it was.</summary>
    public string Ago(DateTimeOffset time)
    {
        var seconds = (now - time).TotalSeconds;
        foreach (var (length, unit) in Units)
        {
            var count = (long)(Math.Abs(seconds) / length);
            if (count > 0) return seconds > 0 ? $"{Many(count, unit)} ago" : $"in {Many(count, unit)}";
        }
        return "just now";
    }

    /// <summary>A length of time by its two largest units.</summary>
    public static string Length(TimeSpan span)
    {
        var rest = Math.Round(Math.Abs(span.TotalSeconds));
        var parts = new List<string>();
        foreach (var (length, unit) in ShortUnits)
        {
            var count = Math.Floor(rest / length);
            rest -= count * length;
            if (count > 0) parts.Add($"{count:0} {(count == 1 && unit.Length > 3 ? unit[..^1] : unit)}");
            else if (parts.Count > 0) break;
            if (parts.Count == 2) break;
        }
        return parts.Count == 0 ? "0 s" : string.Join(' ', parts);
    }

    /// <summary>A due date, which is a day or a time.</summary>
    public string Due(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Format(time, "d MMM yyyy HH:mm") : text;

    /// <summary>A count with its noun.</summary>
    public static string Many(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:#,##0} {noun}{(count == 1 ? "" : "s")}");

    private string? Nearby(DateTimeOffset time) => (Local(now).Date - Local(time).Date).Days switch
    {
        0 => "today",
        1 => "yesterday",
        _ => null,
    };

    private DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone);

    private string Format(DateTimeOffset time, string format) => Local(time).ToString(format, CultureInfo.InvariantCulture);
}
