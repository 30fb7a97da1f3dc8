using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>
/// Writes an organization out. The JSON form is a function of the state alone: every line canonical (RFC 8785), tasks by id, so that two
/// replicas with the same state write the same bytes.
/// </summary>
internal static class ExportFile
{
    public static void Json(IReplicaReading reading, TextWriter to)
    {
        var mark = reading.Mark;
        to.Write($"{{\"organization\":\"{mark.Organization}\",\n\"seq\":{mark.Base.ToString(CultureInfo.InvariantCulture)},\n\"digest\":\"{Sync.TaskDigest.Format(mark.Digest)}\",\n");
        Lines(to, "definitions", ReplicaView.Definitions(reading).Select(line => JsonSerializer.Serialize(line, ContractsJson.Default.DefinitionLine)));
        to.Write(",\n");
        Lines(to, "members", reading.Members().Select(member => JsonSerializer.Serialize(member.Line, ContractsJson.Default.MemberLine)));
        to.Write(",\n");
        Lines(to, "tasks", ReplicaView.Tasks(reading).OrderBy(task => task.Line.Id).Select(task => JsonSerializer.Serialize(task.Line, ContractsJson.Default.TaskLine)));
        to.Write("}\n");
    }

    public static void Csv(IReplicaReading reading, TextWriter to)
    {
        var (members, definitions) = (reading.Members(), ReplicaView.Definitions(reading));
        var tasks = ReplicaView.Tasks(reading).Where(task => !task.Line.Deleted).Select(task => task.Line).OrderBy(line => line.Id).ToList();
        var custom = tasks.SelectMany(line => line.Registers.Keys.Where(Fields.IsCustom)).Distinct().Order(StringComparer.Ordinal).ToList();
        using var csv = new CsvWriter(to, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var column in (IEnumerable<string>)[.. ImportColumns.Known, .. custom]) csv.WriteField(column);
        csv.NextRecord();
        foreach (var line in tasks)
        {
            foreach (var column in ImportColumns.Known) csv.WriteField(Cell(line, column, members, definitions));
            foreach (var field in custom) csv.WriteField(line[field] is { } value ? value.AsText() ?? value.Json : "");
            csv.NextRecord();
        }
    }

    private static void Lines(TextWriter to, string name, IEnumerable<string> lines)
    {
        to.Write($"\"{name}\":[");
        var first = true;
        foreach (var line in lines)
        {
            to.Write(first ? "\n" : ",\n");
            to.Write(CanonicalJson.From(line));
            first = false;
        }
        to.Write("]");
    }

    private static string Cell(TaskLine line, string column, IReadOnlyList<KnownMember> members, IReadOnlyList<DefinitionLine> definitions) => column switch
    {
        "id" => line.Id.ToString(),
        Fields.Title => line.Title,
        Fields.Description => line.Description,
        Fields.Labels => string.Join(';', line.Labels),
        Fields.Assignee => members.FirstOrDefault(member => member.Line.Member.ToString() == line[Fields.Assignee]?.AsText()) is { } member
            ? member.Email ?? member.Line.Name
            : TaskText.Value(line, Fields.Assignee),
        Fields.Project => definitions.FirstOrDefault(definition => definition.Id.ToString() == line[Fields.Project]?.AsText()) is { } project
            ? Things.NameOf(project)
            : TaskText.Value(line, Fields.Project),
        _ => TaskText.Value(line, column),
    };
}
