using Microsoft.Data.Sqlite;

namespace TaskGrid.Client;

/// <summary>The device has no room for what was to be written. Nothing of it is kept; all that was kept before still is.</summary>
/// <param name="cause">What the storage said.</param>
public sealed class StorageFullException(Exception cause) : IOException(
    "This device has no room left. Nothing was changed, and what was saved before is kept. Make room and try again.", cause)
{
    private const int SqliteFull = 13;
    // SQLite could not make room for the index of its log, which it needs to read as well.
    private const int SqliteIndexHasNoRoom = 10 | (19 << 8);
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>True if a failure comes of storage that is full.</summary>
    public static bool Is(Exception failure) => failure switch
    {
        StorageFullException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull || sqlite.SqliteExtendedErrorCode == SqliteIndexHasNoRoom,
        IOException io => io.HResult is NoSpaceLeft or QuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull,
        _ => false,
    };
}
