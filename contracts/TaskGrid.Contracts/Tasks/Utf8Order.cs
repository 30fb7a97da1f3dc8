namespace TaskGrid.Contracts;

/// <summary>Orders strings by their UTF-8 bytes, which is by code points and not by UTF-16 units.</summary>
public sealed class Utf8Order : IComparer<string>
{
    /// <summary>The one instance.</summary>
    public static readonly Utf8Order Instance = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return string.CompareOrdinal(x, y);
        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] == y[i]) continue;
            // A surrogate stands for a code point above every character of the basic plane.
            var left = char.IsSurrogate(x[i]) ? x[i] + 0x10000 : x[i];
            var right = char.IsSurrogate(y[i]) ? y[i] + 0x10000 : y[i];
            return left.CompareTo(right);
        }
        return x.Length.CompareTo(y.Length);
    }
}
