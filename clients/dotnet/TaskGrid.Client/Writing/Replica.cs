using System.Collections.Immutable;
using TaskGrid.Contracts;
using TaskGrid.Sync;

namespace TaskGrid.Client;

/// <summary>
/// One replica as its user works with it: writes go to the outbox in one local transaction and return; the network is never waited for.
/// </summary>
public sealed class Replica(IReplicaStore store, TimeProvider time, WakeSignal wake)
{
    /// <summary>The store under it.</summary>
    public IReplicaStore Store => store;

    /// <summary>Makes changes, all of them or, where one is at fault, none.</summary>
    public WriteOutcome Write(params ReadOnlySpan<ChangeBody> bodies)
    {
        var all = bodies.ToArray();
        return Write(_ => all);
    }

    /// <summary>Makes changes out of what is shown at this moment, in the same transaction.</summary>
    public WriteOutcome Write(Func<IReplicaReading, IReadOnlyList<ChangeBody>> compose) => Write(compose, _ => { });

    private WriteOutcome Write(Func<IReplicaReading, IReadOnlyList<ChangeBody>> compose, Action<IReplicaWriting> also)
    {
        try
        {
            var origins = store.Write(writing =>
            {
                var made = Append(writing, compose(writing));
                also(writing);
                return made;
            });
            wake.Set();
            return new WriteOutcome.Written(origins);
        }
        catch (RefusedException refused)
        {
            return refused.Outcome;
        }
    }

    /// <summary>A check that says why a change could not be made on what is shown, without making it; null if it could.</summary>
    public static Func<ChangeBody, string?> Check(IReplicaReading reading)
    {
        var check = new WriteCheck(reading);
        return body => check.Fault(body)?.Detail;
    }

    /// <summary>Takes a refused change up again: as a new change, on what is shown now. It leaves the list in the same transaction.</summary>
    public WriteOutcome Retry(RejectedChange rejected) =>
        Write(reading => [Renewed(reading, rejected.Change.Body)], writing => writing.Forget(rejected));

    private ImmutableArray<Origin> Append(IReplicaWriting writing, IReadOnlyList<ChangeBody> bodies)
    {
        var origins = ImmutableArray.CreateBuilder<Origin>(bodies.Count);
        var check = new WriteCheck(writing);
        for (var i = 0; i < bodies.Count; i++)
        {
            if (check.Fault(bodies[i]) is var (code, detail)) throw new RefusedException(new WriteOutcome.Refused(i, code, detail));
            origins.Add(Outbox.Append(writing, bodies[i], time.GetUtcNow()));
        }
        return origins.MoveToImmutable();
    }

    /// <summary>The same body; a text edit, which was made on a text that nobody sees any more, keeps what it inserts.</summary>
    private static ChangeBody Renewed(IReplicaReading reading, ChangeBody body)
    {
        if (body is not ChangeBody.Text text || ReplicaView.Task(reading, text.Task) is not { } shown) return body;
        return text with { Edit = TextInserts.Only(text.Edit, CodePoints.Count(shown.TextOf(text.Field))) };
    }

    /// <summary>Carries a refusal out of the transaction, which rolls back what the changes before it had written.</summary>
    private sealed class RefusedException(WriteOutcome.Refused outcome) : Exception
    {
        public WriteOutcome.Refused Outcome => outcome;
    }
}
