using System.Globalization;
using System.Text.RegularExpressions;

namespace TaskGrid.Contracts.Search;

/// <summary>A date in a filter [SE8]: a day, an instant, or a day counted from today.</summary>
/// <param name="Day">The day; null for an instant and for one counted from today.</param>
/// <param name="Instant">The instant; null for a day.</param>
/// <param name="FromToday">Days from today; null for the others.</param>
public sealed partial record FilterDate(DateOnly? Day, DateTimeOffset? Instant, int? FromToday)
{
    /// <summary>Reads a date; false for what is none.</summary>
    public static bool TryParse(FilterValue value, out FilterDate? date)
    {
        date = null;
        if (DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            date = new FilterDate(day, null, null);
        else if (InstantForm().IsMatch(value.Text)
            && DateTimeOffset.TryParse(value.Text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            date = new FilterDate(null, WireTime.Truncate(instant), null);
        else if (value.IsWord && TodayForm().Match(value.Text) is { Success: true } today)
            date = new FilterDate(null, null, DaysOf(today));
        return date is not null;
    }

    /// <summary>The time that it stands for, from the first instant to before the second; beyond the calendar it ends with it.</summary>
    public (DateTimeOffset From, DateTimeOffset Before) Span(DateOnly today)
    {
        if (Instant is { } instant) return (instant, instant >= DateTimeOffset.MaxValue.AddMilliseconds(-1) ? DateTimeOffset.MaxValue : instant.AddMilliseconds(1));
        var number = Day?.DayNumber ?? Math.Clamp(today.DayNumber + FromToday!.Value, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber);
        var before = number == DateOnly.MaxValue.DayNumber ? DateTimeOffset.MaxValue : TaskOrder.StartOf(DateOnly.FromDayNumber(number + 1));
        return (TaskOrder.StartOf(DateOnly.FromDayNumber(number)), before);
    }

    private static int DaysOf(Match today)
    {
        if (!today.Groups["count"].Success) return 0;
        var count = int.Parse(today.Groups["count"].Value, CultureInfo.InvariantCulture);
        return count * (today.Groups["unit"].Value == "w" ? 7 : 1) * (today.Groups["sign"].Value == "-" ? -1 : 1);
    }

    [GeneratedRegex(@"\Atoday(?:(?<sign>[+-])(?<count>[0-9]{1,4})(?<unit>[dw]))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TodayForm();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex InstantForm();
}
