namespace TaskGrid.Cli.Tests;

/// <summary>A clock that stands, in a zone one hour east of UTC.</summary>
internal sealed class SetTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    /// <summary>Whoever gives something time finds it over at once.</summary>
    public bool IsImpatient { get; set; }

    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(1), "east", "east");

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, IsImpatient && dueTime != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : dueTime, period);
}
