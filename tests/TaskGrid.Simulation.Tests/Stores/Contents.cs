using System.Text;
using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation.Tests.Stores;

/// <summary>All that a store answers, as text, so that two can be compared and a difference can be read.</summary>
internal static class Contents
{
    public static string Of(IReplicaStore store) => store.Read(Of);

    public static string Of(IReplicaReading reading)
    {
        var all = new StringBuilder();
        var mark = reading.Mark;
        all.AppendLine($"mark {mark with { Former = mark.Former.Clear() }} {Json(new CausalClock(0, mark.Former))}");
        Say(all, "task", reading.Tasks(), line => Json(line));
        all.AppendLine($"{reading.TaskCount()} tasks, {reading.Unanswered()} unanswered");
        Say(all, "definition", reading.Definitions(), line => JsonSerializer.Serialize(line, ContractsJson.Default.DefinitionLine));
        Say(all, "member", reading.Members(), member => $"{JsonSerializer.Serialize(member.Line, ContractsJson.Default.MemberLine)} {member.Email}");
        Say(all, "conflict", reading.Conflicts(openOnly: false), note => JsonSerializer.Serialize(note, ContractsJson.Default.ConflictNote));
        Say(all, "open", reading.Conflicts(openOnly: true), note => note.Id.ToString());
        Say(all, "pending", reading.Pending(), Row);
        Say(all, "to send", reading.ToSend(mark.Replica, 3, 400), Row);
        foreach (var replica in reading.Replicas().Select(replica => replica.ToString()).Order(StringComparer.Ordinal))
            Say(all, $"of {replica}", reading.From(IdText.Parse<ReplicaId>(replica), 2), Row);
        Say(all, "refused", reading.Rejected(), refused => $"{refused.Id} {refused.Origin} {refused.Code} {refused.Detail} {refused.Time:O} {Json(refused.Change)}");
        Say(all, "device", reading.Devices(), device => device.ToString());
        foreach (var task in reading.Tasks())
        {
            Say(all, $"journal of {task.Id}", reading.Journal(task.Id), entry => $"{entry.Prior} {entry.Change.Seq}");
            Say(all, $"pending of {task.Id}", reading.Pending(task.Id), Row);
        }
        return all.ToString();
    }

    private static void Say<T>(StringBuilder all, string what, IEnumerable<T> things, Func<T, string> words)
    {
        foreach (var thing in things) all.AppendLine($"{what}: {words(thing)}");
    }

    private static string Row(OutboxChange row) => $"{row.Place} {row.Origin} {row.State} {row.Seq} {row.Raw} {row.Shown?.Components.Length} {row.Shown?.Inserted}";

    private static string Json(TaskLine line) => JsonSerializer.Serialize(line, ContractsJson.Default.TaskLine);

    private static string Json(Change change) => JsonSerializer.Serialize(change, ContractsJson.Default.Change);

    private static string Json(CausalClock clock) => JsonSerializer.Serialize(new Change(1, default, clock, new ChangeBody.Void()), ContractsJson.Default.Change);
}
