using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;
using TaskGrid.Sync;
using TaskGrid.TestKit;

namespace TaskGrid.Benchmarks.Merge;

/// <summary>No figure without this: what is measured comes to the same as the plain merge, and both sides to one text.</summary>
internal static class ReadBack
{
    /// <summary>A smaller case, edit for edit; where it is composed, the edit is the one that the client's outbox holds.</summary>
    public static void Sample(string kind, int count, bool composed)
    {
        var merge = MergeCase.Of(kind, count, composed);
        var (own, foreign) = PlainMerge.Of(merge.Own, merge.Log.Select(entry => entry.Applied));
        var client = Merging.ByClient(merge);
        Check(own.SequenceEqual(Merging.ByServer(merge)), "the server merges otherwise than the plain merge");
        Check(own.SequenceEqual(client.Own) && foreign.SequenceEqual(client.Foreign), "the client merges otherwise than the plain merge");
        if (composed) Check(merge.Own[0].Equals(InOutbox(kind, count)), "the client composes otherwise");
    }

    /// <summary>The whole case: what the client shows is what the server holds.</summary>
    public static void Whole(MergeCase merge)
    {
        var (own, foreign) = Merging.ByClient(merge);
        var server = Merging.ByServer(merge);
        Check(own.SequenceEqual(server), "the two sides come to different edits");
        var shown = foreign.Aggregate(merge.Own.Aggregate(merge.Start, TextEdits.Apply), TextEdits.Apply);
        Check(shown == Merging.Bare(merge, server), "the two sides come to different texts");
    }

    /// <summary>Types the same keystrokes into the client engine, on a store on disk.</summary>
    private static TextEdit InOutbox(string kind, int count)
    {
        using var folder = new ScratchFolder();
        using var store = SqliteReplicaStore.Open(folder.File("replica.db"), () => new ReplicaMark
        {
            Organization = new OrganizationId(Guid.CreateVersion7()),
            User = new UserId(Guid.CreateVersion7()),
            Replica = MergeCase.Author,
        });
        var replica = new Replica(store, TimeProvider.System, new WakeSignal());
        var task = new TaskId(Guid.CreateVersion7());
        var keystrokes = MergeCase.KeystrokesOf(kind, count, out var start);
        Write(replica, new ChangeBody.Create(task, TaskValues.Titled("text") with { Description = start }));
        foreach (var edit in keystrokes) Write(replica, new ChangeBody.Text(task, Fields.Description, edit));
        var rows = store.Read(reading => reading.Pending(task)).Where(row => row.TextField is not null).ToList();
        Check(rows.Count == 1, $"{rows.Count} edits wait, not one");
        return ((ChangeBody.Text)rows[0].Change.Body).Edit;
    }

    private static void Write(Replica replica, ChangeBody body) =>
        Check(replica.Write(body) is WriteOutcome.Written, "a keystroke was refused");

    private static void Check(bool holds, string otherwise)
    {
        if (!holds) throw new InvalidOperationException(otherwise);
    }
}
