using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;

namespace TaskGrid.Cli.Tests;

/// <summary>Somebody at a terminal, signed in long ago, whose server accepts connections and never answers.</summary>
internal sealed class Person : IDisposable
{
    private static readonly SemaphoreSlim Terminal = new(1);
    private readonly TcpListener silent = new(IPAddress.Loopback, 0);

    public Person()
        : this(new UserInfo(UserId.From(Guid.CreateVersion7()), "Ana", "ana@example.com"), OrganizationId.From(Guid.CreateVersion7()), TimeProvider.System)
    {
    }

    /// <summary>Somebody in a certain organization, by whose clock commands run.</summary>
    public Person(UserInfo user, OrganizationId organization, TimeProvider time)
    {
        silent.Start();
        Time = time;
        Folder = Directory.CreateTempSubdirectory("tg-cli-").FullName;
        using var workspace = Open();
        workspace.Sessions.Save(new SavedSession(Server, user, "token", "refresh", time.GetUtcNow().AddHours(1)));
        workspace.Settings = new Settings(organization, [new KnownOrganization(organization, "Garden", Role.Owner)]);
    }

    public string Folder { get; }

    public TimeProvider Time { get; }

    public Uri Server => new($"http://{silent.LocalEndpoint}");

    /// <summary>Whether any command has tried to reach the server.</summary>
    public bool ServerWasAsked => silent.Pending();

    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>The data folder, as a command opens it.</summary>
    public Workspace Open() => new(Folder, Time);

    /// <summary>Changes the store as a sync would.</summary>
    public void Write(Action<IReplicaWriting> write)
    {
        using var workspace = Open();
        workspace.Store.Write(writing =>
        {
            write(writing);
            return true;
        });
    }

    /// <summary>Another server from now on.</summary>
    public void MoveTo(Uri server)
    {
        using var workspace = Open();
        workspace.Sessions.Save(workspace.Session with { Server = server });
    }

    /// <summary>Runs a command; the terminal is one, so one at a time.</summary>
    public async Task<Said> RunAsync(params string[] arguments)
    {
        await Terminal.WaitAsync(TestContext.Current.CancellationToken);
        var (output, errors) = (Console.Out, Console.Error);
        using var typed = new StringWriter();
        using var told = new StringWriter();
        try
        {
            Console.SetOut(typed);
            Console.SetError(told);
            var exit = await Commands.RunAsync(["--data", Folder, .. arguments], Time);
            return new Said(exit, typed.ToString(), told.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
            Terminal.Release();
        }
    }

    /// <summary>Runs a command that must succeed, and reads its JSON.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var said = await RunAsync([.. arguments, "--json"]);
        Assert.Equal((0, ""), (said.Exit, said.Errors));
        using var document = JsonDocument.Parse(said.Output);
        return document.RootElement.Clone();
    }

    /// <summary>Adds a task; answers its id.</summary>
    public async Task<string> AddAsync(params string[] arguments) => (await JsonAsync(["add", .. arguments])).GetProperty("task").GetString()!;

    /// <summary>What is in the outbox.</summary>
    public IReadOnlyList<ChangeBody> Outbox()
    {
        using var workspace = Open();
        return workspace.Store.Read(reading => reading.Pending().Select(change => change.Change.Body).ToList());
    }

    public void Dispose()
    {
        silent.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>What a command said.</summary>
internal sealed record Said(int Exit, string Output, string Errors);
