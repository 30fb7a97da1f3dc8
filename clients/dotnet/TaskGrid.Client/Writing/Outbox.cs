using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>Puts new changes at the end of the outbox.</summary>
internal static class Outbox
{
    /// <summary>Numbers and stamps a change and appends it, or composes it with the one before it.</summary>
    public static Origin Append(IReplicaWriting writing, ChangeBody body, DateTimeOffset now)
    {
        var mark = writing.Mark;
        if (body is ChangeBody.Text text && Composable(writing, mark, text) is { } last)
        {
            Compose(writing, last, text);
            return last.Origin;
        }
        var clock = mark.Clock.Next(now.ToUnixTimeMilliseconds() + mark.ClockOffset, out var at);
        var origin = new Origin(mark.Replica, mark.NextN);
        writing.Put(mark with { Clock = clock, NextN = mark.NextN + 1 });
        writing.Append(new OutboxChange(0, origin, new Change(origin.N, at, mark.Sees, body), OutboxState.Unsent, null, (body as ChangeBody.Text)?.Edit));
        return origin;
    }

    /// <summary>
    /// The newest change, if it edits the same text, was never in a request, and had seen the same: only then are the two one edit of
    /// one text for everybody.
    /// </summary>
    private static OutboxChange? Composable(IReplicaReading reading, ReplicaMark mark, ChangeBody.Text text)
    {
        var last = reading.Find(new Origin(mark.Replica, mark.NextN - 1));
        return last is { State: OutboxState.Unsent } && last.TextField == (text.Task, text.Field) && last.Change.Clock.Equals(mark.Sees) ? last : null;
    }

    private static void Compose(IReplicaWriting writing, OutboxChange last, ChangeBody.Text more)
    {
        var before = (ChangeBody.Text)last.Change.Body;
        var body = before with { Edit = TextEdits.Compose(before.Edit, more.Edit) };
        writing.Replace(last.Anew(last.Origin, last.Change with { Body = body }, TextEdits.Compose(last.Shown!, more.Edit)));
    }
}
