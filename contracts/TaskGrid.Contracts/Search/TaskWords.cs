using System.Globalization;
using System.Text;

namespace TaskGrid.Contracts.Search;

/// <summary>
/// The words of full-text search [SE12], in lower case: runs of letters, marks and digits, where each Chinese or Japanese character
/// is a word of its own. The server's index is made of these very words, so that it finds what a client finds offline.
/// </summary>
public static class TaskWords
{
    /// <summary>Code points of a task's texts that count.</summary>
    public const int TextLimit = 200_000;

    /// <summary>Code points of a word that count.</summary>
    public const int WordLimit = 64;

    /// <summary>The words of a task's title, description and comments that are not deleted, each once.</summary>
    public static IReadOnlyCollection<string> Of(TaskLine task)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var left = TextLimit;
        Collect(task.Title, words, ref left);
        Collect(task.Description, words, ref left);
        foreach (var comment in task.Comments)
            if (!comment.Deleted) Collect(comment.Body, words, ref left);
        return words;
    }

    /// <summary>The words of what somebody looks for, each once.</summary>
    public static IReadOnlyCollection<string> Of(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var left = int.MaxValue;
        Collect(text, words, ref left);
        return words;
    }

    private static void Collect(string text, HashSet<string> words, ref int left)
    {
        var word = new StringBuilder();
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (left-- <= 0) break;
            var isPart = IsPart(rune);
            if (length > 0 && (!isPart || StandsAlone(rune))) End(words, word, ref length);
            if (!isPart) continue;
            if (length++ < WordLimit) word.Append(Rune.ToLowerInvariant(rune).ToString());
            if (StandsAlone(rune)) End(words, word, ref length);
        }
        if (length > 0) End(words, word, ref length);
    }

    private static void End(HashSet<string> words, StringBuilder word, ref int length)
    {
        words.Add(word.ToString());
        word.Clear();
        length = 0;
    }

    private static bool IsPart(Rune rune) => Rune.GetUnicodeCategory(rune) <= UnicodeCategory.OtherNumber;

    private static bool StandsAlone(Rune rune) => rune.Value is >= 0x2E80 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;
}
