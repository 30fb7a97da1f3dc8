using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Benchmarks.Merge;

/// <summary>
/// Two people wrote in one text without seeing each other. The other one's keystrokes are in the log, each an edit of its own; the author's
/// come after them, all made at base 0: each an edit of its own (raw), or one edit as the client composes what was never sent.
/// </summary>
/// <param name="Start">The text that both saw.</param>
/// <param name="Head">The text in the log.</param>
/// <param name="Log">The other one's edits.</param>
/// <param name="Own">The author's edits.</param>
internal sealed record MergeCase(string Start, string Head, IReadOnlyList<TextLogEntry> Log, IReadOnlyList<TextEdit> Own)
{
    private static readonly string[] Letters = [.. "etaoinshrdlu ".Select(c => c.ToString())];
    private static readonly string[] Emoji = ["😀", "e\u0301", "👩\u200D👩\u200D👧", "漢", "a", " "];

    public static readonly ReplicaId Author = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly ReplicaId Other = new(new Guid(2, 0, 0, new byte[8]));

    /// <summary>What there is to measure: where they write and in what text.</summary>
    public static IReadOnlyDictionary<string, (Habit Habit, string Text)> Kinds { get; } = new Dictionary<string, (Habit, string)>
    {
        ["typing runs, plain text"] = (Habit.Typing, "plain"),
        ["typing runs, emoji"] = (Habit.Typing, "emoji"),
        ["random places, plain text"] = (Habit.Anywhere, "plain"),
        ["random places, emoji"] = (Habit.Anywhere, "emoji"),
        ["one place, empty text"] = (Habit.OnePlace, "empty"),
    };

    public static MergeCase Of(string kind, int count, bool composed)
    {
        var (habit, text) = Kinds[kind];
        var keys = text == "emoji" ? Emoji : Letters;
        var start = text == "empty" ? "" : StartOf(new Random(1), keys, 60_000);
        var log = new List<TextLogEntry>();
        var head = start;
        foreach (var edit in Keystrokes(new Writer(new Random(2), habit, keys), start, count))
        {
            log.Add(new TextLogEntry(log.Count + 1, new Origin(Other, log.Count + 1), new CausalClock(log.Count), edit, edit) { Removed = TextEdits.Removed(head, edit) });
            head = TextEdits.Apply(head, edit);
        }
        var own = Keystrokes(new Writer(new Random(3), habit, keys), start, count);
        return new MergeCase(start, head, log, composed ? [Composed(own)] : own);
    }

    /// <summary>Edits for the author's keystrokes only.</summary>
    public static IReadOnlyList<TextEdit> KeystrokesOf(string kind, int count, out string start)
    {
        var made = Of(kind, count, composed: false);
        start = made.Start;
        return made.Own;
    }

    /// <summary>One after the other, as the outbox does.</summary>
    private static TextEdit Composed(IReadOnlyList<TextEdit> keystrokes) => keystrokes.Aggregate(TextEdits.Compose);

    private static List<TextEdit> Keystrokes(Writer writer, string text, int count)
    {
        var edits = new List<TextEdit>(count);
        for (var length = CodePoints.Count(text); edits.Count < count; length += edits[^1].Inserted - edits[^1].Deleted)
            edits.Add(writer.Next(length));
        return edits;
    }

    private static string StartOf(Random random, string[] keys, int codePoints)
    {
        var text = new System.Text.StringBuilder();
        for (var length = 0; length < codePoints;)
        {
            var key = keys[random.Next(keys.Length)];
            text.Append(key);
            length += CodePoints.Count(key);
        }
        return text.ToString();
    }
}
