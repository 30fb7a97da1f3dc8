using System.Text;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>What people did, as they would tell it: the outside against which the log is held.</summary>
internal sealed class Journal
{
    private readonly List<Deed> deeds = [];
    private readonly HashSet<Rune> deleted = [];
    private readonly HashSet<Origin> takenUp = [];

    /// <summary>All that was done, in order.</summary>
    public IReadOnlyList<Deed> Deeds => deeds;

    /// <summary>Code points that somebody deleted who saw them.</summary>
    public IReadOnlySet<Rune> Deleted => deleted;

    /// <summary>Refused changes that were taken up again, under other numbers.</summary>
    public IReadOnlySet<Origin> TakenUp => takenUp;

    /// <summary>Somebody took a refused change up again.</summary>
    public void NoteTakenUp(Origin origin) => takenUp.Add(origin);

    /// <summary>Somebody made a change.</summary>
    public void Note(Deed deed) => deeds.Add(deed);

    /// <summary>Somebody who saw these deletes them.</summary>
    public void NoteDeleted(IEnumerable<Rune> runes) => deleted.UnionWith(runes.Where(Marks.IsPoint));
}

/// <summary>One change that somebody made.</summary>
/// <param name="Device">On which device.</param>
/// <param name="Origin">As it was numbered then; a fork or a restored backup numbers it anew.</param>
/// <param name="Body">What.</param>
/// <param name="Base">What the device had seen of the log then.</param>
/// <param name="History">Of which log.</param>
/// <param name="Mark">Content that no other change has; null where it has none of its own.</param>
internal sealed record Deed(int Device, Origin Origin, ChangeBody Body, long Base, string? History, string? Mark);
