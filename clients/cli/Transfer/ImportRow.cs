using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>A task of a file, as text by column.</summary>
/// <param name="Number">Its row in the file, from 1; the heading of a CSV file is row 1.</param>
/// <param name="Cells">What it gives, by column.</param>
internal sealed record ImportRow(int Number, IReadOnlyDictionary<string, string> Cells)
{
    public string this[string column] => Cells.GetValueOrDefault(column, "");

    public static IReadOnlyList<ImportRow> ReadCsv(TextReader from)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { DetectDelimiter = true, BadDataFound = null, MissingFieldFound = null };
        using var csv = new CsvReader(from, configuration);
        if (!csv.Read() || !csv.ReadHeader()) return [];
        var columns = csv.HeaderRecord!.Select(heading => ImportColumns.Of(heading) ?? throw Unknown(heading)).ToList();
        var rows = new List<ImportRow>();
        while (csv.Read())
        {
            var cells = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < columns.Count; i++)
                if (csv.GetField(i) is { Length: > 0 } cell) cells[columns[i]] = cell;
            rows.Add(new ImportRow(csv.Context.Parser!.Row, cells));
        }
        return rows;
    }

    /// <summary>An array of tasks, or what <c>taskgrid export</c> wrote.</summary>
    public static IReadOnlyList<ImportRow> ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var tasks = document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.GetProperty("tasks") : document.RootElement;
            return [.. tasks.EnumerateArray().Select((task, i) => new ImportRow(i + 1, CellsOf(task))).Where(row => row["deleted"] != "true")];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CommandStopped(Codes.Invalid, "This is neither a JSON array of tasks nor an export of TaskGrid.");
        }
    }

    private static Dictionary<string, string> CellsOf(JsonElement task)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in task.EnumerateObject())
        {
            if (member.Name == "custom" && member.Value.ValueKind == JsonValueKind.Object)
                foreach (var own in member.Value.EnumerateObject()) cells[Fields.CustomPrefix + own.Name] = own.Value.GetRawText();
            else if (member.Value.ValueKind == JsonValueKind.Array && ImportColumns.Of(member.Name) == Fields.Labels)
                cells[Fields.Labels] = string.Join(';', member.Value.EnumerateArray().Select(label => label.ToString()));
            else if (ImportColumns.Of(member.Name) is { } column) cells[column] = member.Value.ValueKind == JsonValueKind.Null ? "" : member.Value.ToString();
            else if (member.Name == "deleted") cells["deleted"] = member.Value.GetRawText();
        }
        return cells;
    }

    private static CommandStopped Unknown(string heading) => new(Codes.Invalid,
        $"The column '{heading}' is not known. Columns are {string.Join(", ", ImportColumns.Known)} and custom.<name>; rename or remove it.");
}
