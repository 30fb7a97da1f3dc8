namespace TaskGrid.Architecture.Tests;

/// <summary>Who may decide, and who may write the log.</summary>
internal static class Authority
{
    private static readonly string[] DecidingGrains = ["TaskGrid.Grains.Tasks.TaskGrain", "TaskGrid.Grains.Organizations.OrganizationGrain"];
    private static readonly string[] Appending = ["Append", "AppendOptimistic", "AppendExclusive", "StartStream", "WriteToAggregate", "BulkInsertEventsAsync"];

    /// <summary>A decider is asked by the grain whose state it decides over, and by the deciders beside it.</summary>
    public static bool IsDeciding(Call call) =>
        call.Method == "Decide" && call.Target.StartsWith("TaskGrid.Domain.", StringComparison.Ordinal);

    public static bool MayDecide(Call call) => call.Assembly == "TaskGrid.Domain" || DecidingGrains.Contains(call.Caller);

    public static bool IsAppending(Call call) =>
        Appending.Contains(call.Method) && (call.Target.StartsWith("Marten.", StringComparison.Ordinal) || call.Target.StartsWith("JasperFx.Events.", StringComparison.Ordinal));

    /// <summary>SQL that writes Marten's event tables past its session.</summary>
    public static bool WritesEventsBySql(string text) =>
        (text.Contains("mt_events", StringComparison.OrdinalIgnoreCase) || text.Contains("mt_streams", StringComparison.OrdinalIgnoreCase))
        && (text.Contains("insert into", StringComparison.OrdinalIgnoreCase) || text.Contains("update ", StringComparison.OrdinalIgnoreCase)
            || text.Contains("delete from", StringComparison.OrdinalIgnoreCase) || text.Contains("copy ", StringComparison.OrdinalIgnoreCase));
}
