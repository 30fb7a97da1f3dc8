using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>
/// A small studio that moves house and relaunches its website, told through the commands that people use. Some of it is done by two people
/// at once without a network, so that there are conflicts to look at.
/// </summary>
internal sealed class DemoStory(Uri server, string folder, string email, string password, TimeProvider time)
{
    public const string Organization = "Riverside Studio";
    private const string Dana = "Dana", Lena = "Lena", Marek = "Marek";

    public string AddressOf(string person) => person == Dana ? email : $"{person.ToLowerInvariant()}.{email}";

    /// <summary>Tells it; false if it was told before.</summary>
    public async Task<bool> TellAsync()
    {
        foreach (var person in (string[])[Dana, Lena, Marek]) await SignInAsync(person);
        if (Settings(Dana).Organizations?.Any(known => known.Name == Organization) == true) return false;
        await BeginAsync();
        await DiscussAsync();
        await DisagreeAsync();
        foreach (var person in (string[])[Lena, Marek, Dana]) await RunAsync(person, "sync");
        return true;
    }

    private async Task SignInAsync(string person)
    {
        if (File.Exists(Path.Combine(FolderOf(person), "session.json"))) return;
        string[] account = ["--url", server.ToString(), "--email", AddressOf(person), "--password", password];
        if (await TryAsync(person, ["register", "--name", person, .. account]) != ExitCodes.Done) await RunAsync(person, ["login", .. account]);
    }

    private async Task BeginAsync()
    {
        await RunAsync(Dana, "org", "create", Organization);
        foreach (var person in (string[])[Lena, Marek]) await RunAsync(Dana, "org", "invite", AddressOf(person));
        await RunAsync(Dana, "sync");
        foreach (var (label, color) in new[] { ("bug", "#dc2626"), ("design", "#7c3aed"), ("writing", "#2563eb"), ("tech", "#0d9488"), ("client", "#d97706") })
            await RunAsync(Dana, "label", "define", label, "--color", color);
        var file = Path.Combine(folder, "tasks.csv");
        await File.WriteAllTextAsync(file, Tasks());
        await RunAsync(Dana, "import", file);
        File.Delete(file);
        await RunAsync(Dana, "sync");
        foreach (var person in (string[])[Lena, Marek])
        {
            await RunAsync(person, "org", "use", Organization);
            await RunAsync(person, "sync");
        }
    }

    private async Task DiscussAsync()
    {
        await CommentAsync(Lena, "Home page draft", "Variant B is the one where the work comes first. I would start from there.");
        await CommentAsync(Marek, "Choose a host", "Shortlist: one in Frankfurt, one in Helsinki, and the one that we have.");
        await CommentAsync(Marek, "Contact form sends twice", "I can see it with the network tab on slow 3G. The button needs to be off while it sends.");
        await CommentAsync(Lena, "Three offers for the movers", "The cheapest one does not carry the plotter.");
        foreach (var person in (string[])[Lena, Marek, Dana]) await RunAsync(person, "sync");
        await CommentAsync(Dana, "Home page draft", "B it is, with the big photo from A.");
        await CommentAsync(Dana, "Three offers for the movers", "Then not the cheapest one.");
        await RunAsync(Dana, "edit", TaskOf(Dana, "Home page draft"), "--status", "done");
        foreach (var person in (string[])[Dana, Lena, Marek]) await RunAsync(person, "sync");
    }

    /// <summary>Lena is on a train and Marek in the cellar: neither sees what the other one does.</summary>
    private async Task DisagreeAsync()
    {
        await RunAsync(Lena, "assign", TaskOf(Lena, "Plants"), Marek);
        await RunAsync(Marek, "assign", TaskOf(Marek, "Plants"), Dana);
        await RunAsync(Lena, "edit", TaskOf(Lena, "Order the internet line"), "--status", "done", "--description", "Lead time is four to six weeks. Ordered by phone; they confirm in writing.");
        await RunAsync(Marek, "edit", TaskOf(Marek, "Order the internet line"), "--status", "todo", "--description", "Lead time is six to eight weeks now! Ask for a date in writing.");
        await RunAsync(Lena, "rm", TaskOf(Lena, "Dark mode"));
        await CommentAsync(Marek, "Dark mode", "The client asked for it again, on the phone, just now.");
        await RunAsync(Lena, "edit", TaskOf(Lena, "Floor plan"), "--title", "Floor plan, second version");
        await RunAsync(Marek, "edit", TaskOf(Marek, "Floor plan"), "--title", "Draw the floor plan");
    }

    private Task CommentAsync(string person, string title, string text) => RunAsync(person, "comment", TaskOf(person, title), text);

    private string TaskOf(string person, string title)
    {
        using var workspace = new Workspace(FolderOf(person), time);
        return workspace.Store.Read(ReplicaView.Tasks).First(task => task.Line.Title == title).Line.Id.ToString();
    }

    private Settings Settings(string person)
    {
        using var workspace = new Workspace(FolderOf(person), time);
        return workspace.Settings;
    }

    private string FolderOf(string person) => Path.Combine(folder, person.ToLowerInvariant());

    private async Task RunAsync(string person, params string[] arguments)
    {
        var exit = await TryAsync(person, arguments);
        if (exit != ExitCodes.Done) throw new CommandStopped("demo", $"The demo stopped at: taskgrid {arguments[0]} ({person}).", exit);
    }

    private Task<int> TryAsync(string person, string[] arguments) => Commands.RunAsync(["--quiet", "--data", FolderOf(person), .. arguments], time);

    private static string Tasks()
    {
        using var resource = typeof(DemoStory).Assembly.GetManifestResourceStream("tasks.csv")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
