using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>What became of an author's edit.</summary>
/// <param name="Applied">The canonical edit, on the text before it in the log.</param>
/// <param name="Overlaps">The foreign edits that it overlaps with, in the order of their seq.</param>
/// <param name="Cache">Makes the author's next edit cheap.</param>
public sealed record TextIntegration(TextEdit Applied, ImmutableArray<TextOverlap> Overlaps, TextBranchCache Cache);

/// <summary>An author's edit and a foreign one that overlap, both whole and on one text.</summary>
/// <param name="Seq">The foreign edit.</param>
/// <param name="Before">The text before both.</param>
/// <param name="Own">The author's edit.</param>
/// <param name="Foreign">The foreign edit.</param>
public sealed record TextMeeting(long Seq, string Before, TextEdit Own, TextEdit Foreign);

/// <summary>An author's edit and a foreign one that neither had seen met in the same words.</summary>
/// <param name="Seq">The foreign edit.</param>
/// <param name="DeletedByBoth">How many code points both deleted.</param>
/// <param name="InsertedWithin">One inserted strictly within what the other deleted.</param>
/// <param name="Open">More than half of the words into which one inserted were deleted by the other. False where the text is not known.</param>
public sealed record TextOverlap(long Seq, int DeletedByBoth, bool InsertedWithin, bool Open)
{
    /// <summary>The text before both, if the text that the author saw was given; for the first 256 overlaps of an edit.</summary>
    public string? Before { get; init; }

    /// <summary>The part of the author's edit that meets the foreign one, on <see cref="Before"/>.</summary>
    public required TextEdit Own { get; init; }

    /// <summary>The part of the foreign edit that meets the author's, on <see cref="Before"/>.</summary>
    public required TextEdit Foreign { get; init; }
}
