namespace TaskGrid.Cli;

/// <summary>How a run of text stands out.</summary>
internal enum Tone
{
    Plain,

    /// <summary>What the rest is about.</summary>
    Strong,

    /// <summary>What may be skipped.</summary>
    Faint,

    /// <summary>What asks for a person.</summary>
    Loud,

    /// <summary>Words that went.</summary>
    Gone,

    /// <summary>Words that came.</summary>
    Fresh,
}

/// <summary>A run of text in one tone.</summary>
/// <param name="Text">The text; it may come from anybody.</param>
/// <param name="Tone">How it stands out.</param>
internal readonly record struct Ink(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Ink(string text) => new(text);

    /// <summary>In colours, or with the marks of a word difference, which tell the same without any.</summary>
    public string Drawn(bool colour) => (Tone, colour) switch
    {
        (Tone.Gone, false) => $"[-{Text}-]",
        (Tone.Fresh, false) => $"{{+{Text}+}}",
        (Tone.Plain, _) or (_, false) => Text,
        (Tone.Strong, _) => $"\u001b[1m{Text}\u001b[0m",
        (Tone.Faint, _) => $"\u001b[2m{Text}\u001b[0m",
        (Tone.Loud, _) => $"\u001b[33m{Text}\u001b[0m",
        (Tone.Gone, _) => $"\u001b[31;9m{Text}\u001b[0m",
        _ => $"\u001b[32m{Text}\u001b[0m",
    };
}
