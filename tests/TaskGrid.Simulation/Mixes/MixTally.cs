using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>Where a change that met a concurrent one, and made no record, stands to what it met.</summary>
internal enum Silent
{
    /// <summary>Both edited one text, and both edits stand.</summary>
    SameText,

    /// <summary>Both added to or removed from one set.</summary>
    SameSet,

    /// <summary>Both wrote one register: the same value, or the order.</summary>
    SameRegister,

    /// <summary>They changed different parts of the task.</summary>
    Elsewhere,
}

/// <summary>What weeks came to: conflicts by kind, how many ever asked a person, and what merged without one.</summary>
internal sealed class MixTally
{
    private static readonly string[] AllKinds =
        [ConflictKinds.Register, ConflictKinds.Reassigned, ConflictKinds.TextOverlap, ConflictKinds.DeletedEdited, ConflictKinds.Orphaned, ConflictKinds.Cycle];

    private readonly Dictionary<string, int> records = AllKinds.ToDictionary(kind => kind, _ => 0);
    private readonly Dictionary<string, int> asked = AllKinds.ToDictionary(kind => kind, _ => 0);
    private readonly Dictionary<Silent, int> silent = Enum.GetValues<Silent>().ToDictionary(kind => kind, _ => 0);

    /// <summary>The kinds of conflicts, in the order of the specification.</summary>
    public static IReadOnlyList<string> Kinds => AllKinds;

    /// <summary>All changes, from the moment that the week began.</summary>
    public int Changes { get; private set; }

    /// <summary>Those that met a concurrent change of another device on their task.</summary>
    public int Met { get; private set; }

    /// <summary>Of those: deletes.</summary>
    public int MetDeletes { get; private set; }

    /// <summary>Of those: writes of the assignee.</summary>
    public int MetReassignments { get; private set; }

    /// <summary>All conflicts.</summary>
    public int Records => records.Values.Sum();

    /// <summary>Those that ever waited for a person.</summary>
    public int Asked => asked.Values.Sum();

    /// <summary>The part of the conflicts that no person was asked about.</summary>
    public double WithoutPerson => Records == 0 ? 1 : 1 - ((double)Asked / Records);

    public int RecordsOf(string kind) => records[kind];

    public int AskedOf(string kind) => asked[kind];

    public int MergedSilently(Silent kind) => silent[kind];

    /// <summary>Counts one week.</summary>
    public static MixTally Of(Outcome outcome, long begun)
    {
        var tally = new MixTally();
        var log = outcome.Truth.Log.Where(change => change.Seq > begun && change.Origin is not null).ToList();
        var everOpen = outcome.Truth.Log.SelectMany(change => change.AllConflicts).Concat(outcome.Truth.Conflicts)
            .Where(note => note.Open).Select(note => note.Id).ToHashSet();
        foreach (var note in outcome.Truth.Conflicts)
        {
            tally.records[note.Kind]++;
            if (everOpen.Contains(note.Id)) tally.asked[note.Kind]++;
        }
        var recorded = outcome.Truth.Conflicts.SelectMany(note => note.Versions).Select(version => version.Seq).ToHashSet();
        tally.Changes = log.Count;
        foreach (var changes in log.Where(change => change.Body.TaskOf is not null).GroupBy(change => change.Body.TaskOf)) tally.Take([.. changes], recorded);
        return tally;
    }

    /// <summary>Adds another week.</summary>
    public void Add(MixTally other)
    {
        foreach (var kind in AllKinds)
        {
            records[kind] += other.records[kind];
            asked[kind] += other.asked[kind];
        }
        foreach (var kind in Enum.GetValues<Silent>()) silent[kind] += other.silent[kind];
        Changes += other.Changes;
        Met += other.Met;
        MetDeletes += other.MetDeletes;
        MetReassignments += other.MetReassignments;
    }

    /// <summary>A change has met one before it that it had not seen; the one before has met it as well.</summary>
    private void Take(CanonicalChange[] changes, HashSet<long> recorded)
    {
        var met = new Dictionary<CanonicalChange, Silent>(ReferenceEqualityComparer.Instance);
        for (var later = 1; later < changes.Length; later++)
            for (var earlier = 0; earlier < later; earlier++)
            {
                var (a, b) = (changes[earlier], changes[later]);
                if (a.Origin!.Value.Replica == b.Origin!.Value.Replica || Write.HadSeen(b, a)) continue;
                var kind = Between(a.Body, b.Body);
                foreach (var change in (CanonicalChange[])[a, b])
                    if (!met.TryGetValue(change, out var known) || kind < known) met[change] = kind;
            }
        Met += met.Count;
        MetDeletes += met.Keys.Count(change => change.Body is ChangeBody.Delete);
        MetReassignments += met.Keys.Count(change => change.Body is ChangeBody.Set { Field: Fields.Assignee });
        foreach (var (change, kind) in met)
            if (!recorded.Contains(change.Seq)) silent[kind]++;
    }

    private static Silent Between(ChangeBody a, ChangeBody b) => (a, b) switch
    {
        (ChangeBody.Text x, ChangeBody.Text y) when x.Field == y.Field => Silent.SameText,
        (ChangeBody.Set x, ChangeBody.Set y) when x.Field == y.Field => Silent.SameRegister,
        _ when SetOf(a) is { } x && x == SetOf(b) => Silent.SameSet,
        _ => Silent.Elsewhere,
    };

    private static string? SetOf(ChangeBody body) => body switch
    {
        ChangeBody.Add add => add.Field,
        ChangeBody.Remove remove => remove.Field,
        _ => null,
    };
}
