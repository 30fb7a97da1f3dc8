using System.Text;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>How people edit a text: they type somewhere, delete some of it, or write a part anew.</summary>
internal sealed class TextTyping(Random random, Marks marks, Journal journal)
{
    private const string Plain = "abc e\u0301 👩‍👩‍👧 \r\nxyz ";

    /// <summary>An edit of a shown text, and the mark that it carries, if it carries one.</summary>
    public (TextEdit Edit, string? Mark) Edit(string shown)
    {
        var runes = shown.EnumerateRunes().ToList();
        var at = random.Next(runes.Count + 1);
        var count = Math.Min(runes.Count - at, random.Next(5) == 0 ? random.Next(1, 30) : random.Next(1, 5));
        return random.Next(6) switch
        {
            0 when count > 0 => (Delete(runes, at, count), null),
            1 when count > 0 => Replace(runes, at, count),
            2 => Insert(runes.Count),
            _ => Insert(at),
        };
    }

    /// <summary>A text to begin with.</summary>
    public string Begin(out string mark)
    {
        var point = marks.Point();
        mark = point.ToString();
        return $"task {point} {Some()}";
    }

    private TextEdit Delete(List<Rune> runes, int at, int count)
    {
        journal.NoteDeleted(runes.Skip(at).Take(count));
        return TextEdit.DeleteAt(at, count);
    }

    private (TextEdit, string?) Insert(int at)
    {
        var typed = Typed(out var mark);
        return (TextEdit.InsertAt(at, typed), mark);
    }

    private (TextEdit, string?) Replace(List<Rune> runes, int at, int count)
    {
        journal.NoteDeleted(runes.Skip(at).Take(count));
        var typed = Typed(out var mark);
        TextComponent[] components = at == 0
            ? [TextComponent.Insert(typed), TextComponent.Delete(count)]
            : [TextComponent.Keep(at), TextComponent.Insert(typed), TextComponent.Delete(count)];
        return (TextEdit.From(components), mark);
    }

    private string Typed(out string mark)
    {
        var point = marks.Point();
        mark = point.ToString();
        return random.Next(3) switch
        {
            0 => mark,
            1 => $"{Some()}{mark} ",
            _ => $"{mark}{marks.Point()}{Some()}{marks.Point()}",
        };
    }

    private string Some()
    {
        var runes = Plain.EnumerateRunes().ToList();
        return string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => runes[random.Next(runes.Count)].ToString()));
    }
}
