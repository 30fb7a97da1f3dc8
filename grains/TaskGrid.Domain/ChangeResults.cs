using TaskGrid.Contracts;

namespace TaskGrid.Domain;

/// <summary>The answer to a change: it follows from the change as sent and from what the log made of it.</summary>
public static class ChangeResults
{
    /// <summary>Merged where the canonical change differs from the sent one; an adjusted stamp alone does not count.</summary>
    public static ChangeResult Taken(long n, ChangeBody sent, CanonicalChange canonical)
    {
        var differs = canonical.Effect is not null || canonical.Conflict is not null || (sent, canonical.Body) switch
        {
            (ChangeBody.Text text, ChangeBody.Text applied) => !text.Edit.Equals(applied.Edit),
            (ChangeBody.Define define, ChangeBody.Define taken) => define.Values.Count != taken.Values.Count,
            _ => false,
        };
        return new ChangeResult(n, differs ? ChangeStatus.Merged : ChangeStatus.Accepted, canonical.Seq, canonical.At, canonical.Conflict,
            Conflicts: canonical.Conflicts.IsEmpty ? null : canonical.Conflicts);
    }

    /// <summary>It took no effect and has no place in the log.</summary>
    public static ChangeResult Refused(long n, Rejection rejection) =>
        new(n, ChangeStatus.Rejected, Code: rejection.Code, Detail: rejection.Detail);
}
