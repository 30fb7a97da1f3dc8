namespace TaskGrid.Client.Tests;

public class ServerClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly SetClock device = new() { Now = Noon };
    private readonly ServerClock clock;

    public ServerClockTests() => clock = new ServerClock(device);

    [Fact(DisplayName = "[ST7] The offset is that of the exchange with the shortest way there and back")]
    public void Shortest()
    {
        Exchange(way: 400, server: Noon.AddSeconds(60).AddMilliseconds(250));
        Exchange(way: 20, server: device.Now.AddSeconds(60).AddMilliseconds(10));
        Exchange(way: 300, server: device.Now.AddSeconds(60).AddMilliseconds(290));
        Assert.Equal(60_000, clock.Offset);
    }

    [Fact(DisplayName = "[ST7] Once the device's clock was set, what was measured before counts no more, however short its way was")]
    public void Set_between_exchanges()
    {
        Exchange(way: 2, server: Noon.AddMilliseconds(1));
        device.Now = device.Now.AddHours(3);
        Exchange(way: 300, server: device.Now.AddHours(-3).AddMilliseconds(150));
        Assert.Equal(-3 * 3600_000, clock.Offset);
    }

    [Fact(DisplayName = "[ST7] A clock that is set back during an exchange spoils no later one")]
    public void Set_during_an_exchange()
    {
        var begun = clock.Begin();
        device.Pass(TimeSpan.FromMilliseconds(50));
        device.Now = device.Now.AddHours(-1);
        clock.End(begun, Noon.AddMilliseconds(25));
        Exchange(way: 50, server: device.Now.AddHours(1).AddMilliseconds(25));
        Assert.Equal(3600_000, clock.Offset);
    }

    private void Exchange(double way, DateTimeOffset server)
    {
        var begun = clock.Begin();
        device.Pass(TimeSpan.FromMilliseconds(way));
        clock.End(begun, server);
    }

    /// <summary>A device's clock that its user sets, and the one beside it that nobody sets.</summary>
    private sealed class SetClock : TimeProvider
    {
        private long ticks;

        public DateTimeOffset Now { get; set; }

        public void Pass(TimeSpan span) => (Now, ticks) = (Now + span, ticks + span.Ticks);

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
