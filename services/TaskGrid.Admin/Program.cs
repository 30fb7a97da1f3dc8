using System.CommandLine;
using TaskGrid.Admin;

var root = new RootCommand("taskgrid-admin: what an operator does to TaskGrid's log. Exit codes: 0 all is well, 1 it is not, 2 wrong usage, 3 the database cannot be reached.")
{
    RebuildCommand.Create(),
    CheckCommand.Create(),
    MigrateCommand.Create(),
    RestoredCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    return ExitCodes.Usage;
}
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
