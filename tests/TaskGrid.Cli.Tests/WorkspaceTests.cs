using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

public class WorkspaceTests
{
    [Fact(DisplayName = "[ID2] Each installation, account and organization has a store with a replica id of its own, and keeps it")]
    public void Each_store_has_a_replica_id_of_its_own()
    {
        using var one = new Person();
        using var other = new Person();
        var mine = ReplicaOf(one);
        Assert.Equal(mine, ReplicaOf(one));
        Assert.NotEqual(mine, ReplicaOf(other));

        var garden = Change(one, settings => settings with { Organization = OrganizationId.From(Guid.CreateVersion7()) });
        Assert.NotEqual(mine, ReplicaOf(one));
        Change(one, _ => garden);
        Assert.Equal(mine, ReplicaOf(one));

        SignInAs(one, UserId.From(Guid.CreateVersion7()));
        Assert.NotEqual(mine, ReplicaOf(one));
    }

    private static ReplicaId ReplicaOf(Person person)
    {
        using var workspace = new Workspace(person.Folder, TimeProvider.System);
        return workspace.Store.Read(reading => reading.Mark.Replica);
    }

    private static Settings Change(Person person, Func<Settings, Settings> change)
    {
        using var workspace = new Workspace(person.Folder, TimeProvider.System);
        var before = workspace.Settings;
        workspace.Settings = change(before);
        return before;
    }

    private static void SignInAs(Person person, UserId user)
    {
        using var workspace = new Workspace(person.Folder, TimeProvider.System);
        var session = workspace.Sessions.Load()!;
        workspace.Sessions.Save(session with { User = session.User with { Id = user } });
    }
}
