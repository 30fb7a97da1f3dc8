using System.Collections.Immutable;
using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

/// <summary>
/// Two people's work of two days, as a server's log has it: Ana at her desk and on her phone, Ben at his laptop, much of it offline, with
/// every kind of conflict. A server wrote the log; its seconds were made minutes, and the second day was moved to the next morning.
/// </summary>
internal sealed class Garden
{
    private readonly JsonElement log = Read();

    /// <summary>The morning after, ten o'clock where they live.</summary>
    public SetTime Time { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    public ImmutableArray<CanonicalChange> Changes => [.. log.GetProperty("changes").EnumerateArray().Select(change => change.Deserialize(ContractsJson.Default.CanonicalChange)!)];

    /// <summary>Ana at her desk, who has seen all of it.</summary>
    public Person Ana() => SomebodyWho("Ana", "ana", "anasDesk");

    /// <summary>Ben at his laptop, who has seen all of it.</summary>
    public Person Ben() => SomebodyWho("Ben", "ben", "bensLaptop");

    /// <summary>A conflict by its kind and the beginning of its task's title; not one of two decisions.</summary>
    public static string Conflict(Person person, string kind, string title)
    {
        using var workspace = person.Open();
        return workspace.Store.Read(reading => reading.Conflicts(openOnly: false)
            .First(note => note.Kind == kind && !note.Versions.All(version => version.Op == "resolve") && ReplicaView.Task(reading, note.Task)!.Title.StartsWith(title, StringComparison.Ordinal))).Id.ToString()[^6..];
    }

    /// <summary>A task by its title.</summary>
    public static string Task(Person person, string title)
    {
        using var workspace = person.Open();
        return workspace.Store.Read(ReplicaView.Tasks).First(task => task.Line.Title == title).Line.Id.ToString();
    }

    private Person SomebodyWho(string name, string user, string device)
    {
        var person = new Person(new UserInfo(IdText.Parse<UserId>(Text(user)), name, $"{user}@example.com"), IdText.Parse<OrganizationId>(Text("organization")), Time);
        using var store = SqliteReplicaStore.Open(Path.Combine(person.Folder, "replicas", Text(user), $"{Text("organization")}.db"), () => new ReplicaMark
        {
            Organization = IdText.Parse<OrganizationId>(Text("organization")),
            User = IdText.Parse<UserId>(Text(user)),
            Replica = IdText.Parse<ReplicaId>(Text(device)),
            History = Text("history"),
        });
        var changes = Changes;
        Assert.True(new SyncExchange(store, new NoTransport(), Time).TakeLive(new LiveFrame.Changes(0, changes.Length, changes)));
        return person;
    }

    private string Text(string name) => log.GetProperty(name).GetString()!;

    private static JsonElement Read() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Logs/garden.json"))).RootElement;
}
