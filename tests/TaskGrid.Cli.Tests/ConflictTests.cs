using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

public class ConflictTests
{
    [Fact]
    public async Task A_delete_against_a_comment_reads_as_words_and_names_the_rule()
    {
        using var person = new Person();
        var note = Kept(person);

        var said = await person.RunAsync("conflicts", "show", note.Id.ToString());

        Assert.Contains("deleted-edited on Plants", said.Output, StringComparison.Ordinal);
        Assert.Contains("it stays deleted, the edits are kept on it; somebody should look", said.Output, StringComparison.Ordinal);
        Assert.Contains("comment: The fern must come along", said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("{", said.Output, StringComparison.Ordinal);
    }

    private static ConflictNote Kept(Person person)
    {
        using var workspace = new Workspace(person.Folder, TimeProvider.System);
        var (task, user, now) = (new TaskId(Guid.CreateVersion7()), workspace.Sessions.Load()!.User.Id, TimeProvider.System.GetUtcNow());
        var (replica, at) = (new ReplicaId(Guid.CreateVersion7()), Stamp.At(now));
        var comment = FieldValue.From(JsonElement.Parse("""{"field":"comment","value":"The fern must come along"}"""));
        var note = new ConflictNote(new ConflictId(Guid.CreateVersion7()), ConflictKinds.DeletedEdited, task, null, true,
            [new ConflictVersion(2, comment, user, replica, at, at, "comment"), new ConflictVersion(3, null, user, replica, at, at, "delete")], ConflictRules.StaysDeleted);
        workspace.Store.Write(writing =>
        {
            writing.Put(new TaskLine { Id = task, Seq = 3, Title = "Plants", CreatedBy = user, CreatedAt = now, UpdatedAt = now, Deleted = true });
            writing.Put(note);
            return true;
        });
        return note;
    }
}
