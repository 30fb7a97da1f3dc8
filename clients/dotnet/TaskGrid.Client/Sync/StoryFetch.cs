using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Client;

/// <summary>Fetches what the server knows of a task's past, and keeps it, so that it can be told offline from then on.</summary>
public static class StoryFetch
{
    /// <summary>Fetches all of it.</summary>
    /// <returns>How many changes there are.</returns>
    public static async Task<Reply<int>> RunAsync(IReplicaStore store, ITransport transport, TaskId task, CancellationToken cancellationToken)
    {
        var organization = store.Read(reading => reading.Mark.Organization);
        var changes = new List<CanonicalChange>();
        for (string? after = null; ;)
        {
            var reply = await transport.HistoryAsync(organization, task, after, cancellationToken);
            if (reply is not Reply<HistoryPage>.Answered { Value: var page }) return reply.As<int>(_ => throw new System.Diagnostics.UnreachableException());
            if (!TryRead(page, changes)) return new Reply<int>.NotUnderstood("the history holds a change that this version does not know");
            if ((after = page.Next) is null) break;
        }
        return new Reply<int>.Answered(store.Write(writing => Keep(writing, task, changes)));
    }

    private static bool TryRead(HistoryPage page, List<CanonicalChange> changes)
    {
        try
        {
            changes.AddRange(page.Entries.Select(entry => entry.Deserialize(ContractsJson.Default.CanonicalChange)!));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What lies above base comes with the log itself: kept now, it would be told before it is shown.</summary>
    private static int Keep(IReplicaWriting writing, TaskId task, IReadOnlyList<CanonicalChange> changes)
    {
        long prior = 0;
        foreach (var change in changes.Where(change => change.Seq <= writing.Mark.Base))
        {
            writing.Put(task, new JournalEntry(prior, change));
            if (change.Origin is { } origin) writing.Meet(origin.Replica, change.User);
            prior = change.Seq;
        }
        return changes.Count;
    }
}
