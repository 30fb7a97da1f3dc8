using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>Finds projects, labels and views by name.</summary>
internal static class Things
{
    public static string NameOf(DefinitionLine line) => line.Values.GetValueOrDefault("name")?.AsText() ?? line.Id.ToString();

    public static bool IsArchived(DefinitionLine line) => line.Values.GetValueOrDefault("archived")?.Json == "true";

    public static DefinitionLine? FindOrNull(IReadOnlyList<DefinitionLine> lines, string kind, string text)
    {
        var ofKind = lines.Where(line => line.Kind == kind).ToList();
        var exact = ofKind.Where(line => string.Equals(NameOf(line), text, StringComparison.OrdinalIgnoreCase) || line.Id.ToString() == text)
            .OrderBy(IsArchived).ToList();
        return exact.FirstOrDefault();
    }

    public static DefinitionLine Find(IReplicaReading reading, string kind, string text) =>
        FindOrNull(ReplicaView.Definitions(reading), kind, text)
        ?? throw new CommandStopped(Codes.Unknown, $"There is no {kind} '{text}'. Run: taskgrid {kind} list, or taskgrid {kind} define \"{text}\"");
}
