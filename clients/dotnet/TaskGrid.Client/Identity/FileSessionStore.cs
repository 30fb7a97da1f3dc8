using System.Text.Json;

namespace TaskGrid.Client;

/// <summary>Keeps the sign-in in a file that only its owner can read.</summary>
public sealed class FileSessionStore(string path, TimeProvider time) : ISessionStore
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public SavedSession? Load()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ClientJson.Default.SavedSession);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Save(SavedSession? session)
    {
        if (session is null)
        {
            File.Delete(path);
            return;
        }
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, Options()))
        {
            JsonSerializer.Serialize(file, session, ClientJson.Default.SavedSession);
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, path, overwrite: true);
    }

    /// <inheritdoc/>
    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure) when (!StorageFullException.Is(failure))
            {
                await Task.Delay(Between, time, cancellationToken);
            }
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
