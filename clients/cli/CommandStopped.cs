namespace TaskGrid.Cli;

/// <summary>Ends a command with a sentence for the person and an exit code.</summary>
internal sealed class CommandStopped(string code, string sentence, int exit = ExitCodes.Refused) : Exception(sentence)
{
    public string Code => code;

    public int Exit => exit;

    public static CommandStopped NotSignedIn() =>
        new("unauthorized", "You are not signed in. Run: taskgrid login --url <server> --email <address>");

    public static CommandStopped NoOrganization() =>
        new("no_organization", "No organization is chosen. Run: taskgrid org list, then taskgrid org use <name>; or taskgrid org create <name>");
}
