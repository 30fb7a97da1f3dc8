namespace TaskGrid.TestKit;

/// <summary>
/// A folder under /tmp that is gone after disposal. Its name is short because PostgreSQL puts a socket into such folders,
/// and others may enter it because the servers run as users of their own.
/// </summary>
public sealed class ScratchFolder : IDisposable
{
    private const UnixFileMode OthersMayEnter =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder.</summary>
    public ScratchFolder()
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("the test servers need Linux");
        FullPath = NewPath();
        Directory.CreateDirectory(FullPath, OthersMayEnter);
    }

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>A path inside it.</summary>
    public string File(string name) => Path.Combine(FullPath, name);

    /// <inheritdoc />
    public void Dispose()
    {
        if (Directory.Exists(FullPath)) Directory.Delete(FullPath, recursive: true);
    }

    internal static string NewPath() => $"/tmp/tg-{Convert.ToHexStringLower(Guid.NewGuid().ToByteArray().AsSpan(0, 6))}";
}
