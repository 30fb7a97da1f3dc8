using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>Finds the member that a person means: by address, name or the beginning of either; <c>me</c> is oneself.</summary>
internal static class People
{
    public static UserId Find(IReplicaReading reading, string text)
    {
        if (text is "me") return reading.Mark.User;
        if (IdText.TryParse<UserId>(text, out var id)) return id;
        var members = reading.Members();
        var exact = members.Where(member => Same(member.Email, text) || Same(member.Line.Name, text)).ToList();
        var found = exact.Count > 0 ? exact : [.. members.Where(member => Begins(member.Email, text) || Begins(member.Line.Name, text))];
        return found switch
        {
            [var one] => one.Line.Member,
            [] => throw new CommandStopped(Codes.Unknown, $"No member is called '{text}'. See: taskgrid org members"),
            _ => throw new CommandStopped("ambiguous", $"'{text}' could be {string.Join(" or ", found.Select(member => member.Line.Name))}. Give more of the name or the address."),
        };
    }

    public static string NameOf(IReadOnlyList<KnownMember> members, UserId user) =>
        members.FirstOrDefault(member => member.Line.Member == user)?.Line.Name ?? user.ToString()[^6..];

    private static bool Same(string? name, string text) => string.Equals(name, text, StringComparison.OrdinalIgnoreCase);

    private static bool Begins(string? name, string text) => name?.StartsWith(text, StringComparison.OrdinalIgnoreCase) == true;
}
