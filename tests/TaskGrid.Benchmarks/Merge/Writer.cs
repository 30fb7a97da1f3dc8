using TaskGrid.Contracts;

namespace TaskGrid.Benchmarks.Merge;

/// <summary>Where somebody writes.</summary>
internal enum Habit
{
    /// <summary>On at one place for about fifty keystrokes, then elsewhere.</summary>
    Typing,

    /// <summary>Each keystroke at another place.</summary>
    Anywhere,

    /// <summary>On from the start of the text, as everybody else does.</summary>
    OnePlace,
}

/// <summary>Makes keystrokes: nine of ten insert one character, one deletes the code point before the cursor.</summary>
internal sealed class Writer(Random random, Habit habit, string[] keys)
{
    private int cursor;

    /// <summary>The next keystroke on a text of this many code points.</summary>
    public TextEdit Next(int length)
    {
        if (habit == Habit.Anywhere || (habit == Habit.Typing && random.Next(50) == 0)) cursor = random.Next(length + 1);
        if (cursor > 0 && random.Next(10) == 0) return TextEdit.DeleteAt(--cursor, 1);
        var typed = TextEdit.InsertAt(cursor, keys[random.Next(keys.Length)]);
        cursor += typed.Inserted;
        return typed;
    }
}
