using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class FormTests
{
    [Fact(DisplayName = "[ID5] [ID6] [ID8] [ST1] the forms of ids, times, short strings and stamps are as the vectors say")]
    public void Forms()
    {
        foreach (var vector in VectorFile.Cases("forms.json"))
            Assert.True(Holds(vector), $"{vector.GetProperty("rule")} {vector.Name()}");
    }

    private static bool Holds(JsonElement vector) => vector.GetProperty("kind").GetString() switch
    {
        "id" => IdText.TryParse<TaskId>(Text(vector), out var id) == Valid(vector) && (!Valid(vector) || id.ToString() == Text(vector)),
        "time" => WireTime.Format(DateTimeOffset.FromUnixTimeMilliseconds(vector.GetProperty("millis").GetInt64())) == Text(vector),
        "short" => (FieldRules.Fault(Fields.Status, FieldValue.Of(Text(vector))) is null) == Valid(vector),
        "stamp" => Stamp.TryParse(Text(vector), out var stamp) == Valid(vector) && (!Valid(vector) || stamp.ToString() == Text(vector)),
        "order" => Ascend([.. vector.GetProperty("stamps").EnumerateArray()]),
        var other => throw new InvalidOperationException(other),
    };

    /// <summary>Each is above all before it, as a register's winner would show it: the stamp decides, then the replica.</summary>
    private static bool Ascend(IReadOnlyList<JsonElement> stamps)
    {
        var writes = stamps.Select((stamp, i) => Entry(stamp, i + 1)).ToList();
        for (var high = 1; high < writes.Count; high++)
            for (var low = 0; low < high; low++)
                if (!Beats(writes[high], writes[low]) || Beats(writes[low], writes[high])) return false;
        return writes.Count > 1;
    }

    private static bool Beats(RegisterEntry write, RegisterEntry other) =>
        Register.Empty.Write(other, new CausalClock(0)).Next.Write(write with { Origin = write.Origin with { N = 99 } }, new CausalClock(0)).Applied
        && (write.Origin.Replica != other.Origin.Replica || write.At > other.At);

    private static RegisterEntry Entry(JsonElement stamp, long n)
    {
        Assert.True(Stamp.TryParse(stamp.GetProperty("at").GetString(), out var at));
        return new RegisterEntry(n, new Origin(IdText.Parse<ReplicaId>(stamp.GetProperty("replica").GetString()!), n), at, at, default, null);
    }

    private static bool Valid(JsonElement vector) => vector.GetProperty("valid").GetBoolean();

    private static string Text(JsonElement vector) => vector.GetProperty("text").GetString()!;
}
