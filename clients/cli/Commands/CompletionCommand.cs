using System.CommandLine;

namespace TaskGrid.Cli;

/// <summary>completion: a script for the shell, which asks this program what may come next.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = new Argument<string>("shell").AcceptOnlyFromAmong("bash", "zsh", "fish");

    private const string Bash = """
        # taskgrid completion for bash; put into ~/.bashrc:  source <(taskgrid completion bash)
        _taskgrid() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(taskgrid "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _taskgrid taskgrid
        """;

    private const string Zsh = """
        # taskgrid completion for zsh; put into ~/.zshrc:  source <(taskgrid completion zsh)
        _taskgrid() {
          local -a suggestions
          suggestions=("${(@f)$(taskgrid "[suggest:${#BUFFER}]" "$BUFFER" 2>/dev/null)}")
          compadd -a suggestions
        }
        compdef _taskgrid taskgrid
        """;

    private const string Fish = """
        # taskgrid completion for fish; put into ~/.config/fish/completions/taskgrid.fish
        complete -c taskgrid -f -a '(set -l line (commandline -cp); taskgrid "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null)'
        """;

    public static void AddTo(Command root, TimeProvider time) =>
        root.Add("completion", "Print a completion script for bash, zsh or fish", time, [Shell], run =>
        {
            Console.Out.WriteLine(run.Get(Shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => Fish,
            });
            return ExitCodes.Done;
        });
}
