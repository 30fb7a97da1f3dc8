using System.CommandLine;
using System.Text.Json.Nodes;
using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>org: which organization, and who is in it.</summary>
internal static class OrganizationCommands
{
    private static readonly Argument<string> Name = new("name");
    private static readonly Argument<string> Which = new("organization") { Description = "Its name or id" };
    private static readonly Argument<string> Email = new("email");
    private static readonly Argument<string> Who = new("member") { Description = "Address or name, or its beginning" };
    private static readonly Option<string> As = Role("--role", "member");
    private static readonly Argument<string> NewRole = new Argument<string>("role").AcceptOnlyFromAmong("viewer", "member", "admin", "owner");

    public static void AddTo(Command root, TimeProvider time)
    {
        var org = new Command("org", "Organizations and their members");
        root.Subcommands.Add(org);
        org.Add("list", "The organizations that you are in (asks the server; else the last known)", time, [], ListAsync);
        org.Add("create", "Make an organization and use it (needs the server)", time, [Name], CreateAsync);
        org.Add("use", "Choose the organization that commands are about", time, [Which], UseAsync);
        org.Add("members", "Who is in it", time, [], Members);
        org.Add("invite", "Add somebody who has an account (needs the server)", time, [Email, As], InviteAsync);
        org.Add("role", "Change somebody's role (needs the server)", time, [Who, NewRole], RoleAsync);
        org.Add("remove", "Remove somebody (needs the server)", time, [Who], RemoveAsync);
        org.Add("leave", "Leave the organization (needs the server)", time, [], LeaveAsync);
    }

    /// <summary>Learns from the server where the user is a member; chooses the only one.</summary>
    public static async Task<IReadOnlyList<KnownOrganization>> RefreshAsync(Invocation run, Online online, CancellationToken cancellationToken)
    {
        var me = Online.Answer(await online.Transport.MeAsync(cancellationToken));
        var settings = run.Workspace.Settings;
        var lost = (settings.Organizations ?? []).Where(o => me.Organizations.All(other => other.Id != o.Id) && run.Workspace.HasStoreOf(o.Id));
        List<KnownOrganization> known = [.. me.Organizations.Select(o => new KnownOrganization(o.Id, o.Name, o.Role)), .. lost.Select(o => o with { Lost = true })];
        var chosen = known.Any(o => o.Id == settings.Organization) ? settings.Organization : me.Organizations is [var only] ? only.Id : null;
        run.Workspace.Settings = settings with { Organizations = known, Organization = chosen };
        return known;
    }

    private static async Task<int> ListAsync(Invocation run, CancellationToken cancellationToken)
    {
        using var online = new Online(run.Workspace, run.Workspace.Session.Server);
        IReadOnlyList<KnownOrganization> known;
        try
        {
            known = await RefreshAsync(run, online, cancellationToken);
        }
        catch (CommandStopped stopped) when (stopped.Exit == ExitCodes.Offline)
        {
            run.Screen.Note("The server cannot be reached; these are the last known.");
            known = run.Workspace.Settings.Organizations ?? [];
        }
        var chosen = run.Workspace.Settings.Organization;
        if (run.Screen.Json) run.Screen.Write(new JsonArray([.. known.Select(o => (JsonNode)Json(o, chosen))]));
        else run.Screen.Table(["", "Name", "Role", "Id"], known.Select(o => (IReadOnlyList<string>)[o.Id == chosen ? "*" : "", o.Name, o.Lost ? "no access" : Roles.Word(o.Role), o.Id.ToString()]));
        return ExitCodes.Done;
    }

    private static async Task<int> CreateAsync(Invocation run, CancellationToken cancellationToken)
    {
        using var online = new Online(run.Workspace, run.Workspace.Session.Server);
        // Its id is made here, so that a repeat after a lost answer makes no second one.
        var request = new CreateOrganizationRequest(OrganizationId.From(run.Workspace.NewId()), run.Get(Name));
        var made = await online.AskAsync(token => online.Api.CreateOrganizationAsync(request, token, cancellationToken), cancellationToken);
        var settings = run.Workspace.Settings;
        run.Workspace.Settings = settings with
        {
            Organization = made.Id,
            Organizations = [.. settings.Organizations ?? [], new KnownOrganization(made.Id, made.Name, made.Role)],
        };
        run.Screen.Answer(Json(new KnownOrganization(made.Id, made.Name, made.Role), made.Id), $"Made {made.Name}; commands are about it from now on.");
        return ExitCodes.Done;
    }

    private static async Task<int> UseAsync(Invocation run, CancellationToken cancellationToken)
    {
        var wanted = run.Get(Which)!;
        if (Find(run.Workspace.Settings.Organizations ?? [], wanted) is not { } found)
        {
            using var online = new Online(run.Workspace, run.Workspace.Session.Server);
            found = Find(await RefreshAsync(run, online, cancellationToken), wanted)
                ?? throw new CommandStopped(Codes.NotFound, $"You are in no organization '{wanted}'. See: taskgrid org list");
        }
        run.Workspace.Settings = run.Workspace.Settings with { Organization = found.Id };
        run.Screen.Answer(Json(found, found.Id), $"Commands are about {found.Name} from now on. Run: taskgrid sync");
        return ExitCodes.Done;
    }

    private static KnownOrganization? Find(IReadOnlyList<KnownOrganization> known, string wanted) => known.FirstOrDefault(o =>
        o.Id.ToString() == wanted || string.Equals(o.Name, wanted, StringComparison.OrdinalIgnoreCase));

    private static int Members(Invocation run)
    {
        var members = run.Workspace.Store.Read(reading => reading.Members());
        if (run.Screen.Json) run.Screen.Write(new JsonArray([.. members.Select(m => (JsonNode)Json(m.Line.Member, m.Line.Name, m.Email, m.Line.Role))]));
        else run.Screen.Table(["Name", "Address", "Role"], members.Select(m => (IReadOnlyList<string>)[m.Line.Name, m.Email ?? "", Roles.Word(m.Line.Role)]));
        if (members.Count == 0) run.Screen.Note("Nobody is known yet. Run: taskgrid sync");
        return ExitCodes.Done;
    }

    private static async Task<int> InviteAsync(Invocation run, CancellationToken cancellationToken)
    {
        using var online = new Online(run.Workspace, run.Workspace.Session.Server);
        var organization = run.Workspace.Organization;
        var added = await online.AskAsync(token => online.Api.AddMemberAsync(organization, new AddMemberRequest(run.Get(Email), run.Get(As)), token, cancellationToken), cancellationToken);
        run.Screen.Answer(Json(added.User, added.Name, added.Email, added.Role), $"{added.Name} is {Roles.Word(added.Role)} of {run.Workspace.OrganizationName} now.");
        return ExitCodes.Done;
    }

    private static async Task<int> RoleAsync(Invocation run, CancellationToken cancellationToken)
    {
        var user = run.Workspace.Store.Read(reading => People.Find(reading, run.Get(Who)!));
        using var online = new Online(run.Workspace, run.Workspace.Session.Server);
        await online.AskAsync(token => online.Api.ChangeRoleAsync(run.Workspace.Organization, user, new ChangeRoleRequest(run.Get(NewRole)), token, cancellationToken), cancellationToken);
        run.Screen.Answer(new JsonObject { ["user"] = user.ToString(), ["role"] = run.Get(NewRole) }, $"{run.Get(Who)} is {run.Get(NewRole)} now.");
        return ExitCodes.Done;
    }

    private static async Task<int> RemoveAsync(Invocation run, CancellationToken cancellationToken)
    {
        var user = run.Workspace.Store.Read(reading => People.Find(reading, run.Get(Who)!));
        using var online = new Online(run.Workspace, run.Workspace.Session.Server);
        await online.AskAsync(token => online.Api.RemoveMemberAsync(run.Workspace.Organization, user, token, cancellationToken), cancellationToken);
        run.Screen.Answer(new JsonObject { ["user"] = user.ToString(), ["removed"] = true }, $"{run.Get(Who)} is no longer a member.");
        return ExitCodes.Done;
    }

    private static async Task<int> LeaveAsync(Invocation run, CancellationToken cancellationToken)
    {
        var name = run.Workspace.OrganizationName;
        using var online = new Online(run.Workspace, run.Workspace.Session.Server);
        await online.AskAsync(token => online.Api.LeaveAsync(run.Workspace.Organization, token, cancellationToken), cancellationToken);
        // The tasks go from this device at once, as they would at the next sync; what was not sent stays.
        var outcome = await Syncing.RunAsync(run, online, new SyncTally(), cancellationToken);
        await RefreshAsync(run, online, cancellationToken);
        run.Screen.Answer(new JsonObject { ["left"] = true }, $"You have left {name}.");
        if (outcome is SyncOutcome.AccessLost) run.Screen.Note(StatusCommand.LostAccess(run));
        return ExitCodes.Done;
    }

    private static JsonObject Json(KnownOrganization o, OrganizationId? chosen) =>
        new() { ["id"] = o.Id.ToString(), ["name"] = o.Name, ["role"] = o.Lost ? null : Roles.Word(o.Role), ["current"] = o.Id == chosen };

    private static JsonObject Json(UserId user, string name, string? email, Role role) =>
        new() { ["user"] = user.ToString(), ["name"] = name, ["email"] = email, ["role"] = Roles.Word(role) };

    private static Option<string> Role(string name, string otherwise)
    {
        var option = new Option<string>(name) { Description = "viewer, member, admin or owner", DefaultValueFactory = _ => otherwise };
        option.AcceptOnlyFromAmong("viewer", "member", "admin", "owner");
        return option;
    }
}
