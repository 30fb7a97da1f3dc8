using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>A range of code points, the end not in it.</summary>
internal readonly record struct TextRange(int Start, int End);

/// <summary>Where an edit deletes and inserts, in places of the text before it. Deletes with nothing but an insert between them are one.</summary>
internal sealed record EditShape(IReadOnlyList<TextRange> Deletes, IReadOnlyList<int> Inserts)
{
    public static EditShape Of(TextEdit edit)
    {
        var deletes = new List<TextRange>();
        var inserts = new List<int>();
        int at = 0;
        foreach (TextComponent component in edit.Components)
        {
            if (component.Kind == TextComponentKind.Insert)
            {
                inserts.Add(at);
                continue;
            }
            if (component.Kind == TextComponentKind.Delete)
            {
                bool goesOn = deletes.Count > 0 && deletes[^1].End == at;
                var range = new TextRange(goesOn ? deletes[^1].Start : at, at + component.Count);
                if (goesOn)
                    deletes[^1] = range;
                else
                    deletes.Add(range);
            }
            at += component.Count;
        }
        return new(deletes, inserts);
    }

    /// <summary>How many code points both delete.</summary>
    public int DeletedWith(EditShape other)
    {
        int both = 0;
        for (int i = 0, j = 0; i < Deletes.Count && j < other.Deletes.Count;)
        {
            (TextRange mine, TextRange theirs) = (Deletes[i], other.Deletes[j]);
            both += Math.Max(0, Math.Min(mine.End, theirs.End) - Math.Max(mine.Start, theirs.Start));
            if (mine.End < theirs.End)
                i++;
            else
                j++;
        }
        return both;
    }

    /// <summary>True if this one inserts strictly within what the other deletes.</summary>
    public bool InsertsWithin(EditShape other)
    {
        for (int i = 0, j = 0; i < Inserts.Count && j < other.Deletes.Count;)
        {
            if (Inserts[i] >= other.Deletes[j].End)
                j++;
            else if (Inserts[i] <= other.Deletes[j].Start)
                i++;
            else
                return true;
        }
        return false;
    }

    /// <summary>How many code points of the range this one deletes.</summary>
    public int DeletedIn(TextRange range) =>
        Deletes.Sum(delete => Math.Max(0, Math.Min(delete.End, range.End) - Math.Max(delete.Start, range.Start)));
}
