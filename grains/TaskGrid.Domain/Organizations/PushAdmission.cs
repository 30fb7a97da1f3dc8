using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Domain.Organizations;

/// <summary>Membership, ownership of the replica, exactly-once: what is asked of a push before anything of it counts.</summary>
public static class PushAdmission
{
    /// <summary>Admits or refuses a push.</summary>
    /// <param name="state">The organization.</param>
    /// <param name="push">The push.</param>
    /// <param name="given">The answers given before to numbers of this push.</param>
    public static Admission Admit(OrganizationState state, ReceivedPush push, ImmutableArray<GivenAnswer> given)
    {
        if (state is not OrganizationState.Present { Core.Closed: false } here || !here.Core.Members.TryGetValue(push.User, out var member))
            return Refuse(NotFound);
        if (push.History is { } history && history != here.Head.History)
            return Refuse(new Problem(410, Codes.Resync, "The log is another one than you know: take a snapshot."));

        var mark = here.Replicas.GetValueOrDefault(push.Replica);
        if (mark is not null && mark.User != push.User)
            return Refuse(new Problem(403, Codes.ReplicaTaken, "This replica belongs to another user."));
        if (Gap(push, mark?.LastN ?? 0) is { } expected)
            return Refuse(new Problem(409, Codes.Gap, "The numbers do not follow on.", Expected: expected));
        if (push.Changes.Any(c => c.Change?.Clock.Base > here.Head.Seq))
            return Refuse(new Problem(410, Codes.Resync, "A change has seen more than the log holds: take a snapshot."));

        var last = mark?.LastN ?? 0;
        var repeated = ImmutableArray.CreateBuilder<ChangeResult>();
        foreach (var change in push.Changes.Where(c => c.N <= last))
        {
            var answer = given.FirstOrDefault(g => g.N == change.N);
            if (answer is null || !answer.Hash.AsSpan().SequenceEqual(change.Hash.AsSpan()))
                return Refuse(new Problem(409, Codes.ReplicaForked, "This number was sent before with other content.", N: change.N));
            repeated.Add(answer.To(change));
        }
        var author = new Author(push.User, push.Replica, member.Role);
        return new Admission.Admitted(author, repeated.ToImmutable(), [.. push.Changes.Where(c => c.N > last)])
        {
            // A thing that exists already is there all the same.
            RejectedBefore = [.. push.Changes.Zip(repeated, (change, result) => (change, result))
                .Where(pair => pair.result is { Status: ChangeStatus.Rejected, Code: not Codes.Exists }).Select(pair => pair.change)],
        };
    }

    /// <summary>What a foreign organization answers, and one that does not exist.</summary>
    public static Problem NotFound { get; } = new(404, Codes.NotFound, "There is no such organization.");

    /// <summary>The number that was expected where the push's do not follow on.</summary>
    private static long? Gap(ReceivedPush push, long last)
    {
        if (push.Changes.IsEmpty) return null;
        var expected = Math.Min(push.Changes[0].N, last + 1);
        foreach (var change in push.Changes)
        {
            if (change.N != expected) return expected;
            expected++;
        }
        return null;
    }

    private static Admission.Refused Refuse(Problem problem) => new(problem);
}
