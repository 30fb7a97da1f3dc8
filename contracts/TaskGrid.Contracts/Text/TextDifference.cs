namespace TaskGrid.Contracts;

/// <summary>The plain difference of two texts: common start, one replacement, common end. Never cuts a code point in two.</summary>
internal static class TextDifference
{
    public static TextEdit Of(string before, string after)
    {
        int start = before.AsSpan().CommonPrefixLength(after);
        if (start > 0 && start < Math.Max(before.Length, after.Length) && char.IsHighSurrogate(before[start - 1]))
            start--;
        int end = CommonEnd(before.AsSpan(start), after.AsSpan(start));
        return new TextEditBuilder()
            .Keep(CodePoints.Count(before.AsSpan(0, start)))
            .Delete(CodePoints.Count(before.AsSpan(start, before.Length - start - end)))
            .Insert(after[start..^end])
            .ToEdit();
    }

    private static int CommonEnd(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        int most = Math.Min(before.Length, after.Length);
        int end = 0;
        while (end < most && before[^(end + 1)] == after[^(end + 1)])
            end++;
        if (end > 0 && char.IsLowSurrogate(before[^end]))
            end--;
        return end;
    }
}
