using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>Planted in the client engine.</summary>
internal static class ClientFaults
{
    private const string Writing = "TaskGrid.Client.IReplicaWriting";
    private const string Exchange = "TaskGrid.Client.SyncExchange";
    private const string ResultIntake = "TaskGrid.Client.ResultIntake";

    [Fault("raised-base", "a change says when it is sent that it had seen all that its device has seen by then")]
    internal static class BaseOnSending
    {
        [InsteadOf("TaskGrid.Client.PushRequest", ".ctor", CalledBy = Exchange)]
        public static PushRequest Request(OrganizationId organization, ReplicaId replica, string? history, long since, IReadOnlyList<string> changes) =>
            new(organization, replica, history, since, [.. changes.Select(raw => Raised(raw, since))]);

        private static string Raised(string raw, long since)
        {
            var change = JsonSerializer.Deserialize(raw, ContractsJson.Default.Change)!;
            return JsonSerializer.Serialize(change with { Clock = change.Clock.WithBase(since) }, ContractsJson.Default.Change);
        }
    }

    [Fault("composed-branch", "typing is composed with an earlier edit although an edit of somebody else came in between")]
    internal static class ComposedBranch
    {
        [InsteadOf("TaskGrid.Contracts.CausalClock", "Equals", CalledBy = "TaskGrid.Client.Outbox")]
        public static bool HaveSeenTheSame(CausalClock clock, CausalClock? other) => true;
    }

    [Fault("sent-not-noted", "the store does not note that a change is sent, so that typing is composed with what is already on its way")]
    internal static class SentNotNoted
    {
        [InsteadOf(Writing, "Replace", CalledBy = Exchange, In = "MarkSent")]
        public static void Replace(IReplicaWriting writing, OutboxChange change) { }
    }

    [Fault("done-at-answer", "an answered change leaves the overlay at once, not when its place in the log is reached")]
    internal static class DoneAtAnswer
    {
        [InsteadOf(Writing, "Replace", CalledBy = ResultIntake, In = "Answer")]
        public static void Replace(IReplicaWriting writing, OutboxChange change) => writing.Replace(change with { State = OutboxState.Done });
    }

    [Fault("pending-text-not-moved", "pending text edits are not moved over what others wrote")]
    internal static class PendingTextNotMoved
    {
        [InsteadOf("TaskGrid.Client.PendingTexts", "OverForeign")]
        public static void OverForeign(IReplicaWriting writing, TaskId task, string field, ReadOnlySpan<TextEdit> foreign) { }
    }

    [Fault("refused-change-dropped", "a refused change leaves the outbox and gets on no list")]
    internal static class RefusedChangeDropped
    {
        [InsteadOf(Writing, "Reject", CalledBy = ResultIntake)]
        public static void Reject(IReplicaWriting writing, OutboxChange change, string code, string? detail, DateTimeOffset time) => writing.Remove(change);
    }

    [Fault("gap-overlooked", "changes of the log are taken in although some before them are missing")]
    internal static class GapOverlooked
    {
        [InsteadOf("TaskGrid.Client.LogIntake", "Take")]
        public static bool Take(IReplicaWriting writing, long from, long to, IReadOnlyList<CanonicalChange> changes) =>
            LogIntake.Take(writing, Math.Min(from, writing.Mark.Base), to, changes);
    }

    [Fault("lost-part-not-offered", "after a restored backup only what was never answered is sent again")]
    internal static class LostPartNotOffered
    {
        [InsteadOf("TaskGrid.Client.Reoffer", "Begin")]
        public static IReadOnlySet<long> Begin(IReplicaWriting writing, IReadOnlyDictionary<ReplicaId, long> held) => new HashSet<long>();
    }

    [Fault("quarantine-forgets", "who loses access loses what was not sent with it")]
    internal static class QuarantineForgets
    {
        [InsteadOf(Writing, "ClearConfirmed", CalledBy = "TaskGrid.Client.Resync", In = "Quarantine")]
        public static void ClearConfirmed(IReplicaWriting writing)
        {
            writing.ClearConfirmed();
            foreach (var change in writing.Pending()) writing.Remove(change);
        }
    }

    [Fault("copys-change-taken-as-own", "a change of a copied profile passes for the own one under the same number")]
    internal static class CopysChangeTakenAsOwn
    {
        [InsteadOf("TaskGrid.Client.OwnChange", "Is", CalledBy = "TaskGrid.Client.LogIntake")]
        public static bool Is(OutboxChange row, CanonicalChange change) => true;
    }
}
