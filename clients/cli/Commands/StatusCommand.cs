using System.CommandLine;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>status: where this device stands.</summary>
internal static class StatusCommand
{
    /// <summary>Clocks that are off by less are not worth a word: stamps are by the server's clock anyway.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(2);

    public static void AddTo(Command root, TimeProvider time) =>
        root.Add("status", "Where this device stands: what is not sent, refused, in conflict, and how far its clock is off", time, [], Status);

    private static int Status(Invocation run)
    {
        var facts = run.Workspace.Store.Read(reading => new Facts(
            reading.Mark, reading.TaskCount(), reading.Unanswered(), reading.Rejected().Count, reading.Conflicts(openOnly: true).Count, Decided(reading)));
        if (run.Screen.Json) run.Screen.Write(Json(run, facts));
        else foreach (var line in Lines(run, facts)) run.Screen.Say(0, line);
        return ExitCodes.Done;
    }

    /// <summary>What lost access means, and what to do.</summary>
    public static string LostAccess(Invocation run)
    {
        var (unsent, rejected) = run.Workspace.Store.Read(reading => (reading.Unanswered(), reading.Rejected().Count));
        var kept = unsent + rejected == 0 ? "Nothing of yours was unsent." : $"What you did and did not send is kept: {Moments.Many(unsent, "change")}{(rejected > 0 ? $" and {rejected} that were refused" : "")}. "
            + "To see it: taskgrid rejected list --unsent. To take it along: taskgrid rejected export <file> --unsent. ";
        return $"You are no longer a member of {run.Workspace.OrganizationName}; its tasks were removed from this device. {kept}Should you be added again, taskgrid sync goes on where it stopped.";
    }

    /// <summary>How far the clock is off, in words; null where it is not worth any.</summary>
    public static string? Skew(ReplicaMark mark)
    {
        var offset = TimeSpan.FromMilliseconds(mark.ClockOffset);
        return offset.Duration() <= Tolerated ? null
            : $"This computer's clock is {Moments.Length(offset)} {(offset < TimeSpan.Zero ? "ahead of" : "behind")} the server's. Changes are stamped by the server's time, so nothing is lost by it.";
    }

    private static int Decided(IReplicaReading reading) => reading.Pending().Count(change => change.Change.Body is ChangeBody.Resolve && change.State < OutboxState.Answered);

    private static IEnumerable<Ink> Lines(Invocation run, Facts facts)
    {
        var session = run.Workspace.Session;
        yield return $"{session.User.Name} <{session.User.Email}> in {run.Workspace.OrganizationName} on {session.Server}";
        yield return $"{Moments.Many(facts.Tasks, "task")}, up to change {facts.Mark.Base}; {Synced(run, facts.Mark)}";
        yield return facts.Unsent == 0 ? "Everything is sent." : $"Not sent yet: {Unsent(facts)}.{(facts.Mark.Quarantined ? "" : " Run: taskgrid sync")}";
        if (facts.Mark.Quarantined) yield return new Ink(LostAccess(run), Tone.Loud);
        if (facts.Rejected > 0) yield return new Ink($"{Moments.Many(facts.Rejected, "change")} refused by the server and kept. See: taskgrid rejected list", Tone.Loud);
        if (facts.Open > 0) yield return $"{Moments.Many(facts.Open, "conflict")} to look at. See: taskgrid conflicts list";
        if (Skew(facts.Mark) is { } skew) yield return new Ink(skew, Tone.Loud);
    }

    private static string Unsent(Facts facts)
    {
        var decisions = $"{Moments.Many(facts.Decided, "decision")} about conflicts";
        return facts.Decided == 0 ? Moments.Many(facts.Unsent, "change") : facts.Decided == facts.Unsent ? decisions : $"{Moments.Many(facts.Unsent, "change")}, among them {decisions}";
    }

    private static string Synced(Invocation run, ReplicaMark mark)
    {
        if (mark.SyncedAt == 0) return "never synced";
        var (at, moments) = (DateTimeOffset.FromUnixTimeMilliseconds(mark.SyncedAt), new Moments(run.Workspace.Time.LocalTimeZone, run.Workspace.Time.GetUtcNow()));
        return $"last synced {moments.At(at)} ({moments.Ago(at)})";
    }

    private static JsonObject Json(Invocation run, Facts facts)
    {
        var (session, mark) = (run.Workspace.Session, facts.Mark);
        return new JsonObject
        {
            ["user"] = session.User.Email, ["server"] = session.Server.ToString(), ["organization"] = mark.Organization.ToString(), ["name"] = run.Workspace.OrganizationName,
            ["base"] = mark.Base, ["tasks"] = facts.Tasks, ["unsent"] = facts.Unsent, ["decisionsUnsent"] = facts.Decided, ["rejected"] = facts.Rejected, ["openConflicts"] = facts.Open,
            ["syncedAt"] = mark.SyncedAt == 0 ? null : WireTime.Format(DateTimeOffset.FromUnixTimeMilliseconds(mark.SyncedAt)), ["clockAheadMilliseconds"] = -mark.ClockOffset,
            ["digest"] = Sync.TaskDigest.Format(mark.Digest), ["replica"] = mark.Replica.ToString(), ["accessLost"] = mark.Quarantined,
        };
    }

    /// <summary>What the store says of itself.</summary>
    private sealed record Facts(ReplicaMark Mark, long Tasks, long Unsent, int Rejected, int Open, int Decided);
}
