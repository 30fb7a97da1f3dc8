using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>The words for one reader: names, times, fields and deeds. Good within one read of the store.</summary>
internal sealed class Wording
{
    private Wording(IReplicaReading reading, TimeProvider time)
    {
        var mark = reading.Mark;
        Cast = new Cast(mark.User, reading.Members(), reading.Devices());
        Moments = new Moments(time.LocalTimeZone, time.GetUtcNow().AddMilliseconds(mark.ClockOffset));
        Fields = new FieldWords(Cast, Moments, ReplicaView.Definitions(reading), task => ReplicaView.Task(reading, task)?.Title);
        Deeds = new Deeds(Cast, Fields);
    }

    public Cast Cast { get; }

    public Moments Moments { get; }

    public FieldWords Fields { get; }

    public Deeds Deeds { get; }

    public static Wording Of(IReplicaReading reading, TimeProvider time) => new(reading, time);
}
