using System.Globalization;
using System.Text;

namespace TaskGrid.Sync;

/// <summary>
/// The words of a text: runs of letters, digits, marks and joiners. Scripts that are written without spaces have no runs to go by,
/// so each of their letters counts as a word.
/// </summary>
internal static class Words
{
    /// <summary>
    /// True if of the words into which <paramref name="writer"/> inserts, more than half are deleted by <paramref name="deleter"/>.
    /// An insert at the edge of a word is into it; a word is deleted if more than half of it is.
    /// </summary>
    public static bool MostlyDeleted(string text, EditShape writer, EditShape deleter)
    {
        if (writer.Inserts.Count == 0 || deleter.Deletes.Count == 0)
            return false;
        int words = 0;
        int deleted = 0;
        int next = 0;
        foreach (TextRange word in Of(text))
        {
            while (next < writer.Inserts.Count && writer.Inserts[next] < word.Start)
                next++;
            if (next == writer.Inserts.Count)
                break;
            if (writer.Inserts[next] > word.End)
                continue;
            words++;
            if (2 * deleter.DeletedIn(word) > word.End - word.Start)
                deleted++;
        }
        return 2 * deleted > words;
    }

    private static IEnumerable<TextRange> Of(string text)
    {
        int at = 0;
        int start = -1;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool alone = IsWordAlone(rune);
            if (start >= 0 && (alone || !IsInWord(rune)))
            {
                yield return new TextRange(start, at);
                start = -1;
            }
            if (alone)
                yield return new TextRange(at, at + 1);
            else if (start < 0 && IsInWord(rune))
                start = at;
            at++;
        }
        if (start >= 0)
            yield return new TextRange(start, at);
    }

    private static bool IsInWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.Format;

    /// <summary>Thai to Myanmar, Khmer, kana, ideographs, and pictographs.</summary>
    private static bool IsWordAlone(Rune rune) => rune.Value is
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x1F000 and <= 0x3FFFF);
}
