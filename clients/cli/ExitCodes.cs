namespace TaskGrid.Cli;

/// <summary>How a command ends; listed in <c>taskgrid --help</c>.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int Offline = 3;
    public const int Left = 4;
    public const int NoRoom = 5;
    public const int Interrupted = 130;

    public const string Explained = """
        Exit codes:
          0    done
          1    refused: not found, not allowed, not valid
          2    the command line is wrong
          3    the server is needed and cannot be reached; nothing is lost, try again
          4    synced, but the server refused some of your changes: see "taskgrid rejected"
          5    this device has no room left; what was saved before is kept
          130  interrupted
        """;
}
