using System.CommandLine;
using System.CommandLine.Invocation;
using TaskGrid.Cli;

Console.OutputEncoding = System.Text.Encoding.UTF8;
var parsed = Commands.Root(TimeProvider.System).Parse(args);
if (parsed.Action is ParseErrorAction)
{
    foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
    await Console.Error.WriteLineAsync($"Try: {parsed.CommandResult.Command.Name} --help");
    return ExitCodes.Usage;
}
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
