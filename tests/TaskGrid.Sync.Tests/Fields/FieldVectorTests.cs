using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class FieldVectorTests
{
    [Fact(DisplayName = "[CL4] [CL2] what a clock covers is as the vectors say")]
    public void Covers() => ForEach("causality.json", vector =>
    {
        JsonElement other = vector.GetProperty("other");
        Origin? origin = other.GetProperty("replica").ValueKind == JsonValueKind.Null ? null : OriginOf(other);
        bool covers = Causality.Covers(Clock(vector), OriginOf(vector.GetProperty("author")), other.GetProperty("seq").GetInt64(), origin);
        Assert.Equal(vector.GetProperty("expect").GetBoolean(), covers);
    });

    [Fact(DisplayName = "[ST2] [ST3] [ST6] stamps are as the vectors say")]
    public void Stamps() => ForEach("stamps.json", vector =>
    {
        HybridClock clock = default;
        foreach (JsonElement step in vector.GetProperty("steps").EnumerateArray())
        {
            if (step.TryGetProperty("next", out JsonElement estimate))
            {
                clock = clock.Next(StampOf(estimate).Wall, out Stamp stamp);
                Assert.Equal(StampOf(step.GetProperty("expect")), stamp);
            }
            else if (step.TryGetProperty("hold", out JsonElement sent))
                Assert.Equal(StampOf(step.GetProperty("expect")), StampAdjust.Hold(StampOf(sent), StampOf(step.GetProperty("serverTime")).Wall));
            else
                clock = step.TryGetProperty("observe", out JsonElement seen) ? clock.Observe(StampOf(seen)) : clock.SetDown(StampOf(step.GetProperty("setDown")).Wall);
        }
    });

    [Fact(DisplayName = "[OP4] [ST4] [ST5] [CF2] registers are as the vectors say")]
    public void Registers() => ForEach("registers.json", vector =>
    {
        Register register = Register.Empty;
        long seq = 0;
        foreach (JsonElement json in vector.GetProperty("writes").EnumerateArray())
        {
            Stamp at = StampOf(json.GetProperty("at"));
            RegisterWrite write = register.Write(
                new RegisterEntry(++seq, OriginOf(json), at, at, default, FieldValue.From(json.GetProperty("value"))), Clock(json));
            register = write.Next;
            JsonElement expect = json.GetProperty("expect");
            Assert.Equal(expect.GetProperty("applied").GetBoolean(), write.Applied);
            Assert.Equal(StampOf(expect.GetProperty("at")), write.Entry.At);
            Assert.Equal(FieldValue.From(expect.GetProperty("value")), register.Value);
            Assert.Equal(expect.TryGetProperty("rival", out JsonElement rival) ? rival.GetInt64() : null, write.Rival?.Seq);
        }
    });

    [Fact(DisplayName = "[OP6] [OP7] [TL4] sets are as the vectors say")]
    public void Sets() => ForEach("sets.json", vector =>
    {
        ObservedSet set = ObservedSet.Empty;
        long seq = 0;
        foreach (JsonElement step in vector.GetProperty("steps").EnumerateArray())
        {
            seq++;
            if (step.TryGetProperty("add", out JsonElement added))
                set = set.Add(added.GetString()!, seq, OriginOf(step));
            else
            {
                (set, bool gone) = set.Remove(step.GetProperty("remove").GetString()!, OriginOf(step), Clock(step));
                Assert.Equal(step.GetProperty("gone").GetBoolean(), gone);
            }
            Assert.Equal(step.GetProperty("expect").EnumerateArray().Select(v => v.GetString()), set.Values);
        }
    });

    [Fact]
    public void Order_keys_are_as_the_vectors_say() => ForEach("order-keys.json", vector =>
        Assert.Equal(vector.GetProperty("expect").GetString(), OrderKey.Between(vector.GetProperty("before").GetString(), vector.GetProperty("after").GetString())));

    private static void ForEach(string file, Action<JsonElement> check)
    {
        foreach (JsonElement vector in VectorFile.Cases(file))
        {
            Exception? failure = Record.Exception(() => check(vector));
            Assert.True(failure is null, $"{vector.Name()}: {failure}");
        }
    }

    private static CausalClock Clock(JsonElement json)
    {
        Assert.True(CausalClockJsonConverter.TryRead(json.GetProperty("clock"), out CausalClock clock));
        return clock;
    }

    private static Origin OriginOf(JsonElement json) => new(IdText.Parse<ReplicaId>(json.GetProperty("replica").GetString()!), json.GetProperty("n").GetInt64());

    private static Stamp StampOf(JsonElement json)
    {
        Assert.True(Stamp.TryParse(json.GetString(), out Stamp stamp));
        return stamp;
    }
}
