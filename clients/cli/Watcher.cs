using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>Tells what comes in while watching: the tasks that changed, one line each.</summary>
internal sealed class Watcher(Invocation run) : IProgress<SyncEvent>
{
    private long told = run.Workspace.Store.Read(reading => reading.Mark.Base);

    public void Report(SyncEvent value)
    {
        switch (value)
        {
            case SyncEvent.Pulled pulled:
                Tell(pulled.Base);
                break;
            case SyncEvent.Live live:
                run.Screen.Note(live.Up ? "Live." : "The live connection ended; polling.");
                break;
            case SyncEvent.Retrying retrying:
                run.Screen.Note($"{retrying.Detail}; trying again in {retrying.In.TotalSeconds:0.0} s.");
                break;
            case SyncEvent.Rejected rejected:
                run.Screen.Note($"{rejected.Count} changes were refused. See: taskgrid rejected list");
                break;
        }
    }

    private void Tell(long seq)
    {
        if (seq <= told) return;
        var (lines, members) = run.Workspace.Store.Read(reading => (reading.Since(told), reading.Members()));
        told = seq;
        foreach (var line in lines)
        {
            if (run.Screen.Json)
                Console.Out.WriteLine(new JsonObject { ["seq"] = line.Seq, ["task"] = line.Id.ToString(), ["title"] = line.Title, ["deleted"] = line.Deleted }.ToJsonString());
            else run.Screen.Line($"{line.Seq,8}  {TaskReferences.Short(line.Id)}  {TaskText.Value(line, Fields.Status),-9} {line.Title}{(line.Deleted ? "  (deleted)" : "")}");
        }
        if (lines.Count == 0 && !run.Screen.Json) run.Screen.Note($"Up to change {seq} ({members.Count} members).");
    }
}
