using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>One replica's durable local state: the confirmed tasks, the outbox, and where it stands.</summary>
/// <remarks>
/// The contract: <see cref="Write{T}"/> is one atomic transaction, durable when it returns; if the callback throws, nothing of it stays.
/// Where the device has no room for it, it throws <see cref="StorageFullException"/>, and nothing of it stays either.
/// <see cref="Read{T}"/> sees one consistent state. Several processes may use the same store at once; they wait for each other's
/// writes, never for a network, because no callback may do anything but compute. Callbacks never nest.
/// </remarks>
public interface IReplicaStore : IDisposable
{
    /// <summary>Reads one consistent state.</summary>
    T Read<T>(Func<IReplicaReading, T> read);

    /// <summary>Writes in one transaction.</summary>
    T Write<T>(Func<IReplicaWriting, T> write);

    /// <summary>A number that moves whenever any process wrote to the store: how one notices another's changes.</summary>
    long Version();

    /// <summary>Elects this process as the one that syncs, until disposed; null while another one is.</summary>
    IDisposable? TryLead();
}

/// <summary>What can be read of a store.</summary>
public interface IReplicaReading
{
    /// <summary>Where the replica stands.</summary>
    ReplicaMark Mark { get; }

    /// <summary>A confirmed task, tombstones included.</summary>
    TaskLine? Task(TaskId task);

    /// <summary>All confirmed tasks, tombstones included, by id.</summary>
    IEnumerable<TaskLine> Tasks();

    /// <summary>Confirmed tasks that changed after a seq, in the order of their last change.</summary>
    IReadOnlyList<TaskLine> Since(long seq);

    /// <summary>How many confirmed tasks there are, tombstones included.</summary>
    long TaskCount();

    /// <summary>Ids of confirmed tasks that begin or end with a text.</summary>
    IReadOnlyList<TaskId> TasksLike(string part, int limit);

    /// <summary>Confirmed projects, labels and views, by kind and id.</summary>
    IReadOnlyList<DefinitionLine> Definitions();

    /// <summary>Members, by user id.</summary>
    IReadOnlyList<KnownMember> Members();

    /// <summary>Conflicts, newest first.</summary>
    IReadOnlyList<ConflictNote> Conflicts(bool openOnly);

    /// <summary>A conflict.</summary>
    ConflictNote? Conflict(ConflictId id);

    /// <summary>The changes of the overlay, in the order in which they were made: all that base does not hold yet.</summary>
    IReadOnlyList<OutboxChange> Pending();

    /// <summary>The same, of one task.</summary>
    IReadOnlyList<OutboxChange> Pending(TaskId task);

    /// <summary>How many changes the server has not answered.</summary>
    long Unanswered();

    /// <summary>The replica's unanswered changes from the lowest number, at most so many and (after the first) so many bytes.</summary>
    IReadOnlyList<OutboxChange> ToSend(ReplicaId replica, int count, int bytes);

    /// <summary>A change of this store by its origin, done ones included while they are kept.</summary>
    OutboxChange? Find(Origin origin);

    /// <summary>The replica's changes from a number up, done ones included while they are kept.</summary>
    IReadOnlyList<OutboxChange> From(ReplicaId replica, long n);

    /// <summary>The replicas, former ones included, under whose numbers changes are kept.</summary>
    IReadOnlyList<ReplicaId> Replicas();

    /// <summary>Refused changes, oldest first.</summary>
    IReadOnlyList<RejectedChange> Rejected();

    /// <summary>What the log did to a task, as far as this store keeps it, oldest first.</summary>
    IReadOnlyList<JournalEntry> Journal(TaskId task);

    /// <summary>The devices that changes came from, in the order in which this store met them.</summary>
    IReadOnlyList<KnownDevice> Devices();

    /// <summary>Confirmed tasks that hold all these words as beginnings of words (words as the search's tokenizer makes them).</summary>
    IReadOnlyList<TaskId> Search(IReadOnlyCollection<string> words);

    /// <summary>How many tasks the search index has yet to take in.</summary>
    long Unindexed();
}

/// <summary>What can be written, in the one transaction.</summary>
public interface IReplicaWriting : IReplicaReading
{
    /// <summary>Moves the mark.</summary>
    void Put(ReplicaMark mark);

    /// <summary>Writes a confirmed task.</summary>
    void Put(TaskLine line);

    /// <summary>Writes a definition.</summary>
    void Put(DefinitionLine line);

    /// <summary>Writes a member; the address stays as known.</summary>
    void Put(MemberLine line);

    /// <summary>Learns a member's address.</summary>
    void PutEmail(UserId user, string email);

    /// <summary>A user is no longer a member.</summary>
    void RemoveMember(UserId user);

    /// <summary>Writes a conflict; the latest state of an id replaces the one before.</summary>
    void Put(ConflictNote note);

    /// <summary>Keeps what a change of the log did to a task, to be told later. What is kept already stays as it is.</summary>
    void Put(TaskId task, JournalEntry entry);

    /// <summary>Gives a device its number, if it has none yet.</summary>
    void Meet(ReplicaId replica, UserId user);

    /// <summary>Appends to the outbox; answers its place.</summary>
    long Append(OutboxChange change);

    /// <summary>Writes a change of the outbox anew, by its place.</summary>
    void Replace(OutboxChange change);

    /// <summary>Takes a change out of the outbox.</summary>
    void Remove(OutboxChange change);

    /// <summary>Adds to the refused changes.</summary>
    void Reject(OutboxChange change, string code, string? detail, DateTimeOffset time);

    /// <summary>Takes one off the list of refused changes.</summary>
    void Forget(RejectedChange change);

    /// <summary>Forgets done changes that were sent before a time, that of the server, and of the journal what came long ago.</summary>
    void Prune(DateTimeOffset before);

    /// <summary>Drops the confirmed state, its conflicts, journal and index. The outbox and the refused changes stay.</summary>
    void ClearConfirmed();

    /// <summary>Takes a whole state over: what was confirmed is gone, in bulk and with the digest's terms as already computed.</summary>
    void Load(IEnumerable<LoadedTask> tasks);

    /// <summary>Takes at most so many tasks into the search index; answers how many are left.</summary>
    long Index(int atMost);
}

/// <summary>A task of a snapshot as it came, with what the digest needs. It is not read as long as nobody asks: there may be many.</summary>
/// <param name="Id">The task.</param>
/// <param name="Seq">Its last change.</param>
/// <param name="Json">Its line as received.</param>
/// <param name="Term">Its term of the digest.</param>
public sealed record LoadedTask(TaskId Id, long Seq, byte[] Json, ulong Term)
{
    /// <summary>The task.</summary>
    public TaskLine Line => JsonSerializer.Deserialize(Json, ContractsJson.Default.TaskLine)!;
}

/// <summary>A change of the log as one of the tasks that it touched remembers it.</summary>
/// <param name="Prior">The seq of the change that touched the task before; 0 for the one that made it. So a gap shows.</param>
/// <param name="Change">The change.</param>
public sealed record JournalEntry(long Prior, CanonicalChange Change);

/// <summary>A device that changes came from. The log knows no names of devices, so each user's are numbered as this store met them.</summary>
/// <param name="Replica">The device.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Number">1 for the first of the user's.</param>
/// <param name="Own">It is the one that this store is on, perhaps under a former id.</param>
public sealed record KnownDevice(ReplicaId Replica, UserId User, int Number, bool Own);

/// <summary>A member, with the address where it is known.</summary>
/// <param name="Line">As the log shows it.</param>
/// <param name="Email">The address, if the server told it.</param>
public sealed record KnownMember(MemberLine Line, string? Email);
