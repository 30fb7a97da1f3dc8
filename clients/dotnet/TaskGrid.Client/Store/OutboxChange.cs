using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>How far a change of the outbox has come.</summary>
public enum OutboxState
{
    /// <summary>Never in a request: it may still be composed or expressed anew.</summary>
    Unsent = 0,

    /// <summary>It was in a request: it never alters a byte from now on.</summary>
    Sent = 1,

    /// <summary>The server took it in; it stays in the overlay until base reaches its seq.</summary>
    Answered = 2,

    /// <summary>It is in the confirmed state; kept 30 days in case the server comes back from an older backup.</summary>
    Done = 3,
}

/// <summary>A change that this store made.</summary>
/// <param name="Place">The order in which the changes of this store were made.</param>
/// <param name="Origin">Replica and number.</param>
/// <param name="Change">As made, and as sent.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Seq">Its place in the log, once answered.</param>
/// <param name="Shown">Of a text edit: how it reads on the confirmed text now. What is sent never moves; only this copy does.</param>
public sealed record OutboxChange(long Place, Origin Origin, Change Change, OutboxState State, long? Seq = null, TextEdit? Shown = null)
{
    /// <summary>The bytes that stand in the outbox, and in every request; null where the change was just made or expressed anew.</summary>
    public string? Raw { get; init; }

    /// <summary>
    /// When it went into a request, in the server's time as Unix milliseconds; null where that does not change. What was sent is kept 30
    /// days from then, however long ago it was made.
    /// </summary>
    public long? SentAt { get; init; }

    /// <summary>The same place in the outbox with another change, which was never sent.</summary>
    public OutboxChange Anew(Origin origin, Change change, TextEdit? shown) =>
        this with { Origin = origin, Change = change, State = OutboxState.Unsent, Seq = null, Shown = shown, Raw = null };

    /// <summary>The change as the overlay applies it.</summary>
    public ChangeBody ShownBody => Change.Body is ChangeBody.Text text && Shown is { } edit ? text with { Edit = edit } : Change.Body;

    /// <summary>The text field that it edits, if it is a text edit.</summary>
    public (TaskId Task, string Field)? TextField => Change.Body is ChangeBody.Text text ? (text.Task, text.Field) : null;
}

/// <summary>A change that the server refused. It stays until its user retries, exports or discards it.</summary>
/// <param name="Id">Its place in the list.</param>
/// <param name="Origin">Replica and number that it used up.</param>
/// <param name="Change">As made.</param>
/// <param name="Code">Why: one of <see cref="Codes"/>.</param>
/// <param name="Detail">Why, for a person.</param>
/// <param name="Time">When the answer came.</param>
public sealed record RejectedChange(long Id, Origin Origin, Change Change, string Code, string? Detail, DateTimeOffset Time);
