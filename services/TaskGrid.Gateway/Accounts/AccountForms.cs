using TaskGrid.Gateway.Json;

namespace TaskGrid.Gateway.Accounts;

/// <summary>The members of the account endpoints' bodies.</summary>
internal static class AccountForms
{
    public const int MaxPassword = 1024;
    public const int MaxName = 100;

    private const int LeastPassword = 8;

    public static Registration Registration(ObjectReader members)
    {
        var email = EmailAddress.Normalize(members.Text("email", 3, EmailAddress.MaxLength));
        if (!EmailAddress.IsPossible(email)) members.Fail("email", "must be an e-mail address");
        var name = members.Text("name", 1, MaxName).Trim();
        if (name.Length == 0) members.Fail("name", "is empty");
        return new Registration(email, members.Text("password", LeastPassword, MaxPassword), name);
    }

    public static Credentials Credentials(ObjectReader members) => new(
        EmailAddress.Normalize(members.Text("email", 1, EmailAddress.MaxLength)), members.Text("password", 1, MaxPassword));

    public static Refresh Refresh(ObjectReader members)
    {
        var token = members.OptionalText("refreshToken", 1, 256);
        Guid? attempt = null;
        if (members.OptionalText("attempt", 36, 36) is { Length: > 0 } text)
        {
            if (Guid.TryParseExact(text, "D", out var given)) attempt = given;
            else members.Fail("attempt", "must be a UUID");
        }
        return new Refresh(token, attempt);
    }
}

/// <summary>Asks for an account.</summary>
internal sealed record Registration(string Email, string Password, string Name);

/// <summary>Signs in.</summary>
internal sealed record Credentials(string Email, string Password);

/// <summary>Continues or ends a session; a browser's token is in its cookie.</summary>
internal sealed record Refresh(string? Token, Guid? Attempt);
