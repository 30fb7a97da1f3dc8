using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>One write of a register as the log shows it.</summary>
/// <param name="Task">Of which task.</param>
/// <param name="Field">Which register.</param>
/// <param name="Value">What it wrote.</param>
/// <param name="Change">The change.</param>
internal sealed record Write(TaskId Task, string Field, FieldValue? Value, CanonicalChange Change)
{
    /// <summary>
    /// True if whoever made this had seen the other: [CL4], written down here once more and from the specification alone, so that a
    /// mistake in the kernel's own does not hide itself.
    /// </summary>
    public static bool HadSeen(CanonicalChange later, CanonicalChange other)
    {
        if (later.Clock is not { } clock || later.Origin is not { } author) return false;
        if (other.Seq <= clock.Base) return true;
        if (other.Origin is not { } origin) return false;
        return origin.Replica == author.Replica ? origin.N < author.N : clock.Replicas.TryGetValue(origin.Replica, out var n) && origin.N <= n;
    }

    /// <summary>The writes of all registers in a log. A resolve writes the register of its conflict, except where it had no effect.</summary>
    public static IEnumerable<Write> Of(IEnumerable<CanonicalChange> log)
    {
        foreach (var change in log)
            switch (change.Body)
            {
                case ChangeBody.Create create:
                    foreach (var (field, value) in create.Values.Registers) yield return new Write(create.Task, field, value, change);
                    break;
                case ChangeBody.Set set:
                    yield return new Write(set.Task, set.Field, set.Value, change);
                    break;
                case ChangeBody.Resolve resolve when change.Conflict is { Field: { } field } note && Fields.KindOf(field) == FieldKind.Register:
                    yield return new Write(note.Task, field, note.Versions.FirstOrDefault(version => version.Seq == resolve.Choice)?.Value ?? resolve.Value, change);
                    break;
            }
    }
}
