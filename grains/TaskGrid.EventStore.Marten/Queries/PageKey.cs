using System.Globalization;

namespace TaskGrid.EventStore.Marten.Queries;

/// <summary>Where a page of conflicts or history ended: the place of its last line in the log, and its id where several share a place.</summary>
/// <param name="Seq">The place.</param>
/// <param name="Id">The id; empty where places are unique.</param>
public readonly record struct PageKey(long Seq, Guid Id)
{
    /// <summary>The beginning.</summary>
    public static readonly PageKey Start = new(0, Guid.Empty);

    /// <summary>Reads what a former page gave as <c>next</c>; null is the beginning. False for anything else.</summary>
    public static bool TryParse(string? text, out PageKey key)
    {
        key = Start;
        if (text is null) return true;
        var parts = text.Split('.');
        if (parts.Length > 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)) return false;
        var id = Guid.Empty;
        if (parts.Length == 2 && !Guid.TryParseExact(parts[1], "N", out id)) return false;
        key = new PageKey(seq, id);
        return true;
    }

    /// <summary>As <c>next</c>.</summary>
    public override string ToString() =>
        Id == Guid.Empty ? Seq.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Seq}.{Id:N}");

    internal static PageKey Parse(string? text) =>
        TryParse(text, out var key) ? key : throw new FormatException("'after' is not a former page's next.");
}
