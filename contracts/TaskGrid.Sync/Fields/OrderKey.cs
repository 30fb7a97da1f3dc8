using System.Text;

namespace TaskGrid.Sync;

/// <summary>
/// Keys for the order of a list: base-62 fractions of which there is always another one between two, compared byte by byte. A key never
/// ends in '0', since nothing fits between "a" and "a0".
/// </summary>
/// <remarks>
/// At the two ends keys count, so that a list which only grows there keeps short keys. How many 'z' (at the end) or '0' (at the
/// beginning) a key starts with says how wide its counter is: V … y, z00 … zyz, zz000 … zzyzz. In between keys halve the gap.
/// </remarks>
public static class OrderKey
{
    /// <summary>What the protocol allows.</summary>
    public const int MaxLength = 64;

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Radix = 62;

    // Wider counters would not fit a long. No list gets there by counting, only a key that somebody made up.
    private const int WidestLead = 8;

    /// <summary>The longest key that still leaves room to halve the gap a while.</summary>
    public const int Comfortable = 40;

    /// <summary>
    /// A key between two; null stands for the open end. Where there is no room (equal keys, which two people can give offline; or the
    /// wrong way round) it is a key right after <paramref name="before"/>: ties go by task id until somebody moves one of them.
    /// </summary>
    public static string Between(string? before, string? after)
    {
        if (string.IsNullOrEmpty(before))
            return after is null ? "V" : HasRoom("", after) ? Down(after) : "V";
        if (after is null)
            return Up(before);
        return HasRoom(before, after) ? Halve(before, after) : before + "V";
    }

    /// <summary>True if a key has become so long that its list should be spread anew.</summary>
    public static bool NeedsRekey(string key) => key.Length > Comfortable;

    /// <summary>Keys for a whole list, evenly spread.</summary>
    public static IReadOnlyList<string> Spread(int count)
    {
        int width = 1;
        long room = Radix;
        // Room for a few more between any two, before keys grow.
        for (; room < (count + 1L) * Radix; room *= Radix)
            width++;
        return [.. Enumerable.Range(1, count).Select(i => Trim(Write((long)(room * (Int128)i / (count + 1)), width)))];
    }

    /// <summary>Keys between two, in order; null stands for the open end. There must be room (<see cref="HasRoom"/>).</summary>
    public static IReadOnlyList<string> Spread(int count, string? before, string? after)
    {
        if (before is null && after is null)
            return Spread(count);
        string[] keys = new string[count];
        if (after is null)
        {
            for (int i = 0; i < count; i++)
                keys[i] = Between(i == 0 ? before : keys[i - 1], null);
        }
        else if (before is null)
        {
            for (int i = count - 1; i >= 0; i--)
                keys[i] = Between(null, i == count - 1 ? after : keys[i + 1]);
        }
        else
            Halve(keys, before, after);
        return keys;
    }

    /// <summary>True if there is a key between the two; null stands for the open end. "a" and "a0" leave none, nor do equal keys.</summary>
    public static bool HasRoom(string? before, string? after) =>
        after is null || string.CompareOrdinal((before ?? "").TrimEnd('0'), after.TrimEnd('0')) < 0;

    private static void Halve(Span<string> keys, string before, string after)
    {
        if (keys.IsEmpty)
            return;
        int middle = keys.Length / 2;
        keys[middle] = Between(before, after);
        Halve(keys[..middle], before, keys[middle]);
        Halve(keys[(middle + 1)..], keys[middle], after);
    }

    private static string Up(string key)
    {
        int lead = key.TakeWhile(c => c == 'z').Count();
        if (lead > WidestLead)
            return key + "V";
        long counter = Counter(key, lead) + 1;
        // A counter that begins with 'z' would read as a wider one.
        bool wider = counter >= Pow(lead) * (Radix - 1);
        return wider ? new string('z', lead + 1) + "1" : Trim(new string('z', lead) + Write(counter, lead + 1));
    }

    private static string Down(string key)
    {
        int lead = key.TakeWhile(c => c == '0').Count();
        if (lead > WidestLead)
            return Halve("", key);
        long counter = Counter(key, lead) - 1;
        // A counter that begins with '0' would read as a wider one.
        bool wider = counter < Pow(lead);
        return Trim(wider ? new string('0', lead + 1) + new string('z', lead + 2) : new string('0', lead) + Write(counter, lead + 1));
    }

    /// <summary>The counter of a key after its lead, as wide as the lead says; what follows it is no part of it.</summary>
    private static long Counter(string key, int lead)
    {
        long counter = 0;
        for (int i = lead; i <= 2 * lead; i++)
            counter = (counter * Radix) + (i < key.Length ? Digit(key[i]) : 0);
        return counter;
    }

    private static string Halve(string before, string after)
    {
        var key = new StringBuilder();
        for (int i = 0; ; i++)
        {
            int low = i < before.Length ? Digit(before[i]) : 0;
            int high = i < after.Length ? Digit(after[i]) : 0;
            if (low == high)
            {
                key.Append(Digits[low]);
                continue;
            }
            if (high - low > 1)
                return key.Append(Digits[(low + high + 1) / 2]).ToString();
            if (i + 1 < after.Length)
                return key.Append(Digits[high]).ToString();
            return key.Append(Digits[low]).Append(Above(before, i + 1)).ToString();
        }
    }

    /// <summary>The tail of a key above the tail of <paramref name="before"/> from <paramref name="at"/> on, half way to the top.</summary>
    private static string Above(string before, int at)
    {
        var tail = new StringBuilder();
        for (int i = at; ; i++)
        {
            int low = i < before.Length ? Digit(before[i]) : 0;
            if (low < Radix - 1)
                return tail.Append(Digits[(low + Radix + 1) / 2]).ToString();
            tail.Append(Digits[low]);
        }
    }

    private static int Digit(char c)
    {
        int digit = Digits.IndexOf(c);
        return digit >= 0 ? digit : throw new FormatException("A key has only digits and letters of ASCII.");
    }

    private static long Pow(int exponent)
    {
        long power = 1;
        for (int i = 0; i < exponent; i++)
            power *= Radix;
        return power;
    }

    private static string Trim(string key) => key.TrimEnd('0');

    private static string Write(long number, int width)
    {
        Span<char> digits = stackalloc char[width];
        for (int i = width - 1; i >= 0; i--, number /= Radix)
            digits[i] = Digits[(int)(number % Radix)];
        return digits.ToString();
    }
}
