using CsCheck;

namespace TaskGrid.Sync.Tests;

public sealed class OrderKeyTests
{
    private static readonly Gen<string> Key = Gen.Int[0, 61].Array[1, 6].Select(digits =>
        string.Concat(digits.Select(d => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[d])));

    [Fact]
    public void There_is_always_a_key_between_two() => Gen.Select(Key, Key).Sample((a, b) =>
    {
        (string low, string high) = string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);
        if (low.TrimEnd('0') == high.TrimEnd('0'))
            return true;
        string between = OrderKey.Between(low, high);
        return string.CompareOrdinal(low, between) < 0 && string.CompareOrdinal(between, high) < 0 && !between.EndsWith('0');
    });

    [Fact]
    public void There_is_always_a_key_after_the_last_and_before_the_first() => Key.Sample(key =>
    {
        string after = OrderKey.Between(key, null);
        string before = OrderKey.Between(null, key);
        Assert.True(string.CompareOrdinal(key, after) < 0 && !after.EndsWith('0'));
        Assert.True(key.TrimEnd('0').Length == 0 || (string.CompareOrdinal(before, key) < 0 && !before.EndsWith('0')), before);
    });

    [Theory]
    [InlineData("a", "a")]
    [InlineData("b", "a")]
    [InlineData("a", "a0")]
    public void Where_there_is_no_room_the_key_comes_after_the_first(string before, string after) =>
        Assert.True(string.CompareOrdinal(before, OrderKey.Between(before, after)) < 0);

    [Fact]
    public void A_list_that_grows_at_either_end_keeps_short_keys()
    {
        string last = OrderKey.Between(null, null);
        string first = last;
        for (int i = 0; i < 20_000; i++)
        {
            (string newLast, string newFirst) = (OrderKey.Between(last, null), OrderKey.Between(null, first));
            Assert.True(string.CompareOrdinal(last, newLast) < 0 && string.CompareOrdinal(newFirst, first) < 0);
            (last, first) = (newLast, newFirst);
        }
        Assert.True(last.Length <= 5 && first.Length <= 5, $"{last} {first}");
    }

    [Fact]
    public void A_gap_can_be_halved_two_hundred_times_before_keys_are_too_long()
    {
        (string low, string high) = ("V", "W");
        for (int i = 0; i < 200; i++)
        {
            string between = OrderKey.Between(low, high);
            (low, high) = i % 2 == 0 ? (between, high) : (low, between);
        }
        Assert.False(OrderKey.NeedsRekey(low));
        Assert.True(OrderKey.NeedsRekey(new string('V', 41)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(61)]
    [InlineData(10_000)]
    public void A_list_spread_anew_is_in_order_with_short_keys_and_room_between(int count)
    {
        IReadOnlyList<string> keys = OrderKey.Spread(count);

        Assert.Equal(count, keys.Count);
        Assert.Equal(keys, keys.Order(StringComparer.Ordinal).Distinct());
        Assert.All(keys, key => Assert.True(key.Length is >= 1 and <= 4 && !key.EndsWith('0')));
    }

    [Fact]
    public void Keys_made_up_of_one_digit_are_no_trap()
    {
        string zs = new('z', 64);
        string low = new string('0', 63) + "1";

        Assert.True(string.CompareOrdinal(zs, OrderKey.Between(zs, null)) < 0);
        Assert.True(string.CompareOrdinal(OrderKey.Between(null, low), low) < 0);
        Assert.True(OrderKey.NeedsRekey(OrderKey.Between(zs, null)));
    }
}
