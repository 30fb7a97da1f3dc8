using System.Collections.Immutable;
using System.Diagnostics;
using TaskGrid.Contracts;

namespace TaskGrid.Domain.Organizations;

/// <summary>A push as it reached the organization.</summary>
/// <param name="User">Who.</param>
/// <param name="Replica">From which store.</param>
/// <param name="History">The log's identity as the client knows it; null where it does not say.</param>
/// <param name="Changes">Consecutive numbers are not yet checked.</param>
public sealed record ReceivedPush(UserId User, ReplicaId Replica, string? History, ImmutableArray<ReceivedChange> Changes);

/// <summary>One change of a push.</summary>
/// <param name="N">Its number.</param>
/// <param name="Hash">SHA-256 of its canonical JSON as sent.</param>
/// <param name="Change">The change; null where it could not be read.</param>
/// <param name="Fault">Why it could not be read.</param>
/// <param name="Subject">What it is about where it could not be read, as far as that much could be.</param>
public sealed record ReceivedChange(long N, ImmutableArray<byte> Hash, Change? Change, string? Fault, ChangeSubject? Subject = null);

/// <summary>What became of a number before, as far as it is kept: a closed family.</summary>
/// <param name="N">The number.</param>
/// <param name="Hash">SHA-256 of its change's canonical JSON as sent then.</param>
public abstract record GivenAnswer(long N, ImmutableArray<byte> Hash)
{
    /// <summary>It was taken in; the answer follows from the change and from what the log made of it.</summary>
    /// <param name="Change">The change as the log holds it.</param>
    public sealed record Taken(long N, ImmutableArray<byte> Hash, CanonicalChange Change) : GivenAnswer(N, Hash);

    /// <summary>It was rejected: the log does not know it, so the answer is kept.</summary>
    /// <param name="Result">The answer.</param>
    public sealed record Rejected(long N, ImmutableArray<byte> Hash, ChangeResult Result) : GivenAnswer(N, Hash);

    /// <summary>The answer, for the change sent again.</summary>
    public ChangeResult To(ReceivedChange change) => this switch
    {
        // What an earlier version took in and this one cannot read is answered by what the log made of it.
        Taken taken => ChangeResults.Taken(N, change.Change?.Body ?? taken.Change.Body, taken.Change),
        Rejected rejected => rejected.Result,
        _ => throw new UnreachableException(GetType().Name),
    };
}

/// <summary>Whether a push may enter a batch.</summary>
public abstract record Admission
{
    private Admission() { }

    /// <summary>It is refused as a whole: nothing counts, no number is used up.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Refused(Problem Problem) : Admission;

    /// <summary>It enters.</summary>
    /// <param name="Author">Who, with the role of now.</param>
    /// <param name="Repeated">Answers to what was taken in before.</param>
    /// <param name="Fresh">What is new, consecutive from the replica's last number + 1.</param>
    public sealed record Admitted(Author Author, ImmutableArray<ChangeResult> Repeated, ImmutableArray<ReceivedChange> Fresh) : Admission
    {
        /// <summary>Changes of this push that were rejected when they came first: what is fresh may build on them [PU11].</summary>
        public ImmutableArray<ReceivedChange> RejectedBefore { get; init; } = [];
    }
}
