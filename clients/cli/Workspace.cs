using System.Text.Json;
using TaskGrid.Client;
using TaskGrid.Client.Sqlite;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>
/// The data folder: the sign-in, the chosen organization, one replica for each account and organization, and the numbers of the last list.
/// Nothing here touches the network.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private readonly string folder;
    private readonly TimeProvider time;
    private SqliteReplicaStore? store;

    public Workspace(string folder, TimeProvider time)
    {
        this.folder = folder;
        this.time = time;
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Sessions = new FileSessionStore(Path.Combine(folder, "session.json"), time);
    }

    public FileSessionStore Sessions { get; }

    public TimeProvider Time => time;

    public string Folder => folder;

    public SavedSession Session => Sessions.Load() ?? throw CommandStopped.NotSignedIn();

    public Settings Settings
    {
        get => Load("settings.json", SettingsJson.Default.Settings) ?? new Settings();
        set => Save("settings.json", value, SettingsJson.Default.Settings);
    }

    /// <summary>The tasks of the last list, in its order.</summary>
    public List<string> LastList
    {
        get => Load("last-list.json", SettingsJson.Default.ListString) ?? [];
        set => Save("last-list.json", value, SettingsJson.Default.ListString);
    }

    /// <summary>The conflicts of the last list of them, in its order.</summary>
    public List<string> LastConflicts
    {
        get => Load("last-conflicts.json", SettingsJson.Default.ListString) ?? [];
        set => Save("last-conflicts.json", value, SettingsJson.Default.ListString);
    }

    public OrganizationId Organization => Settings.Organization ?? throw CommandStopped.NoOrganization();

    public string OrganizationName => Settings.Organizations?.FirstOrDefault(known => known.Id == Organization)?.Name ?? Organization.ToString();

    /// <summary>The replica of the signed-in user in the chosen organization.</summary>
    public SqliteReplicaStore Store => store ??= SqliteReplicaStore.Open(PathOf(Organization), () => new ReplicaMark
    {
        Organization = Organization,
        User = Session.User.Id,
        Replica = ReplicaId.From(Guid.CreateVersion7(time.GetUtcNow())),
    });

    /// <summary>Whether the signed-in user has a store of an organization on this device.</summary>
    public bool HasStoreOf(OrganizationId organization) => File.Exists(PathOf(organization));

    public Replica Replica => new(Store, time, new WakeSignal());

    /// <summary>A fresh id for something that this user makes.</summary>
    public Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    public void Dispose() => store?.Dispose();

    private string PathOf(OrganizationId organization) => Path.Combine(folder, "replicas", Session.User.Id.ToString(), $"{organization}.db");

    private T? Load<T>(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, name)), type);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    private void Save<T>(string name, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        var path = Path.Combine(folder, name);
        var fresh = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(value, type));
        File.Move(fresh, path, overwrite: true);
    }
}
