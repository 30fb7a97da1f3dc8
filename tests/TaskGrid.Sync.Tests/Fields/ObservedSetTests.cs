using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Sync.Tests;

public sealed class ObservedSetTests
{
    private static readonly ReplicaId Ann = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly ReplicaId Bob = new(new Guid(2, 0, 0, new byte[8]));

    [Fact(DisplayName = "[OP6] a remove takes away what its author had seen")]
    public void RemoveSeen()
    {
        (ObservedSet next, bool gone) = ObservedSet.Empty.Add("x", 1, new(Ann, 1)).Remove("x", new(Bob, 1), new CausalClock(1));

        Assert.True(gone);
        Assert.Empty(next.Values);
    }

    [Fact(DisplayName = "[OP6] a concurrent add wins over a remove")]
    public void AddWins()
    {
        ObservedSet set = ObservedSet.Empty.Add("x", 1, new(Ann, 1)).Add("x", 2, new(Ann, 2));

        (ObservedSet next, bool gone) = set.Remove("x", new(Bob, 1), new CausalClock(1));

        Assert.False(gone);
        Assert.Equal(["x"], next.Values);
        Assert.Single(next.Dots);
    }

    [Fact(DisplayName = "[OP6] an own add is always seen, a later own one is not there yet")]
    public void OwnAdd()
    {
        ObservedSet set = ObservedSet.Empty.Add("x", 5, new(Ann, 1));

        Assert.True(set.Remove("x", new(Ann, 2), new CausalClock(0)).Gone);
        Assert.False(set.Remove("x", new(Ann, 1), new CausalClock(0)).Gone);
    }

    [Fact(DisplayName = "[OP7] removing what is not there leaves the same set")]
    public void RemoveAbsent()
    {
        ObservedSet set = ObservedSet.Empty.Add("x", 1, new(Ann, 1));

        (ObservedSet next, bool gone) = set.Remove("y", new(Bob, 1), new CausalClock(1));

        Assert.True(gone);
        Assert.Same(set, next);
    }

    [Fact(DisplayName = "[TL4] values are listed once, sorted by UTF-8 bytes")]
    public void Sorted()
    {
        ObservedSet set = ObservedSet.Empty.Add("\uFF5E", 1, new(Ann, 1)).Add("😀", 2, new(Ann, 2)).Add("b", 3, new(Ann, 3)).Add("B", 4, new(Bob, 1)).Add("b", 5, new(Bob, 2));

        Assert.Equal(["B", "b", "\uFF5E", "😀"], set.Values);
    }

    [Fact]
    public void A_set_comes_back_from_JSON_as_it_was()
    {
        ObservedSet set = ObservedSet.Empty.Add("x", 1, new(Ann, 1)).Add("😀", 2, new(Bob, 1));

        string json = JsonSerializer.Serialize(set, SyncJson.Default.ObservedSet);

        Assert.Equal(set, JsonSerializer.Deserialize(json, SyncJson.Default.ObservedSet));
        Assert.Equal(set.Values, JsonSerializer.Deserialize(json, SyncJson.Default.ObservedSet)!.Values);
    }
}
