namespace TaskGrid.Cli;

/// <summary>Lays runs of text out in lines.</summary>
internal static class Inks
{
    /// <summary>
    /// Lines of at most so many characters, broken between words; those after the first begin with an indent. A line end in a text begins
    /// an indented line, too. Without a width only those do.
    /// </summary>
    public static IEnumerable<IReadOnlyList<Ink>> Lines(IEnumerable<Ink> inks, int? width, int indent)
    {
        var (line, used) = (new List<Ink>(), 0);
        foreach (var word in inks.SelectMany(Words))
        {
            var isEnd = word.Text == "\n";
            if (isEnd || (used > indent && used + word.Text.TrimEnd().Length > width))
            {
                yield return line;
                (line, used) = ([new string(' ', indent)], indent);
            }
            if (isEnd) continue;
            line.Add(word);
            used += word.Text.Length;
        }
        yield return line;
    }

    /// <summary>Neighbours of one tone as one.</summary>
    public static string Drawn(IReadOnlyList<Ink> line, bool colour)
    {
        var drawn = new System.Text.StringBuilder();
        for (var i = 0; i < line.Count;)
        {
            var from = i;
            while (i < line.Count && line[i].Tone == line[from].Tone) i++;
            drawn.Append(new Ink(string.Concat(line.Skip(from).Take(i - from).Select(ink => ink.Text)), line[from].Tone).Drawn(colour));
        }
        return drawn.ToString().TrimEnd(' ');
    }

    /// <summary>Words with the space after them, and line ends by themselves.</summary>
    private static IEnumerable<Ink> Words(Ink ink)
    {
        var text = Screen.Plain(ink.Text).ReplaceLineEndings("\n");
        for (var i = 0; i < text.Length;)
        {
            var from = i;
            if (text[i] == '\n') i++;
            else
            {
                while (i < text.Length && text[i] is not (' ' or '\n')) i++;
                while (i < text.Length && text[i] == ' ') i++;
            }
            yield return ink with { Text = text[from..i] };
        }
    }
}
