using System.Diagnostics;

namespace TaskGrid.Cli;

/// <summary>Lets a person edit a text in their own editor.</summary>
internal static class TextEditor
{
    /// <summary>Opens a text in $VISUAL or $EDITOR, and answers what it is afterwards.</summary>
    public static string Edit(Workspace workspace, string name, string text)
    {
        var file = Path.Combine(workspace.Folder, $"{name}-{Environment.ProcessId}.md");
        try
        {
            File.WriteAllText(file, text);
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{Program} \"$1\"", "sh", file]) { UseShellExecute = false })!;
            process.WaitForExit();
            if (process.ExitCode != 0) throw new CommandStopped("editor", $"The editor ended with {process.ExitCode}; nothing was changed.");
            var edited = File.ReadAllText(file);
            // Editors end a file with a line end that nobody typed.
            return edited.EndsWith('\n') && !text.EndsWith('\n') ? edited[..^1] : edited;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Program => new[] { "VISUAL", "EDITOR" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(named => named is { Length: > 0 }) ?? "vi";
}
