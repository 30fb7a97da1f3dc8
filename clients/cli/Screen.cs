using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace TaskGrid.Cli;

/// <summary>
/// What a person or a script sees. With <c>--json</c> exactly one JSON value goes to standard output. Sentences that are not the answer
/// go to standard error, so that a pipe carries answers only.
/// </summary>
internal sealed class Screen(bool json, bool quiet)
{
    private static readonly JsonSerializerOptions OnOneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly bool Colour = !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    private static int? Width => Console.IsOutputRedirected ? null : Math.Max(40, Console.WindowWidth - 1);

    public bool Json => json;

    /// <summary>A person is looking at standard error: progress may be drawn there.</summary>
    public bool Lively => !json && !quiet && !Console.IsErrorRedirected;

    /// <summary>The answer, as JSON where that is asked for, else as a sentence.</summary>
    public void Answer(JsonNode node, string sentence)
    {
        if (json) Write(node);
        else if (!quiet) Console.Out.WriteLine(Plain(sentence));
    }

    public void Write(JsonNode node) => Console.Out.WriteLine(Indented(node));

    /// <summary>JSON as a person reads it.</summary>
    public static string Indented(JsonNode node) => node.ToJsonString(Readable);

    /// <summary>A line of the answer.</summary>
    public void Line(string text) => Console.Out.WriteLine(Plain(text));

    /// <summary>A sentence of the answer in its tones, broken between words where a person looks; lines after the first are indented.</summary>
    public void Say(int indent, params IEnumerable<Ink> inks)
    {
        foreach (var line in Inks.Lines(inks, Width, indent)) Console.Out.WriteLine(Inks.Drawn(line, Colour));
    }

    /// <summary>Something beside the answer.</summary>
    public void Note(string text)
    {
        if (!quiet) Console.Error.WriteLine(Plain(text));
    }

    public void Error(string code, string sentence)
    {
        if (json)
            Console.Error.WriteLine(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = sentence } }.ToJsonString(OnOneLine));
        else Console.Error.WriteLine(Plain(sentence));
    }

    /// <summary>A table for a person; tab-separated lines where the output goes elsewhere.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (var row in rows) Console.Out.WriteLine(string.Join('\t', row.Select(cell => Plain(cell).ReplaceLineEndings(" "))));
            return;
        }
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns) table.AddColumn(new TableColumn(new Markup($"[bold]{Markup.Escape(column)}[/]")));
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(Plain(cell).ReplaceLineEndings(" "))));
        AnsiConsole.Write(table);
    }

    /// <summary>Without control characters: a title must not be able to move a cursor or colour a terminal.</summary>
    public static string Plain(string text)
    {
        if (!text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) return text;
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!char.IsControl(c) || c is '\n' or '\t') plain.Append(c);
        return plain.ToString();
    }
}
