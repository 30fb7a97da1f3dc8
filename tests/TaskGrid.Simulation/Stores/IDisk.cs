using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>What a device keeps: a store whose writes end as they are told to, and that can be copied with all that is on it.</summary>
internal interface IDisk : IReplicaStore
{
    /// <summary>Asked at every write what becomes of it.</summary>
    Func<DiskFault> NextFault { get; set; }

    /// <summary>Own text edits as their author was shown them when they came back from the log, by seq; edits of one history only.</summary>
    IReadOnlyDictionary<(string? History, long Seq), (Origin Origin, TextEdit Shown)> CameBack { get; }

    /// <summary>A second disk with the same on it.</summary>
    IDisk Copy();
}

/// <summary>What becomes of a write.</summary>
public enum DiskFault
{
    /// <summary>It is done.</summary>
    None,

    /// <summary>The process dies, and nothing of it is on disk.</summary>
    DiesBefore,

    /// <summary>It is on disk, and then the process dies.</summary>
    DiesAfter,

    /// <summary>There is no room: it fails, and nothing of it is on disk.</summary>
    Full,
}

/// <summary>The process died: nothing that it had in memory is there any more.</summary>
public sealed class ProcessDiedException : Exception;
