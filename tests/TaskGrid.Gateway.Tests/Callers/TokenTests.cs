using System.Net;
using System.Net.Http.Headers;
using System.Text;
using TaskGrid.Contracts;
using TaskGrid.Gateway.Accounts;
using TaskGrid.Gateway.Tests.Facts;

namespace TaskGrid.Gateway.Tests.Callers;

public sealed class TokenTests(RunningServer server)
{
    [Fact]
    public async Task An_expired_token_is_401() => await RefusedAsync(ana => TokenOf(ana, SigningKeys.From(server.Secret), DateTimeOffset.UtcNow.AddHours(-1)));

    [Fact]
    public async Task A_token_signed_with_another_key_is_401() => await RefusedAsync(ana => TokenOf(ana, SigningKeys.From(new byte[48]), DateTimeOffset.UtcNow));

    [Fact]
    public async Task A_token_whose_claims_were_changed_is_401() => await RefusedAsync(ana =>
    {
        var parts = ana.AccessToken.Split('.');
        var claims = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        var forged = claims.Replace(ana.Id, Guid.NewGuid().ToString(), StringComparison.Ordinal);
        return $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(forged))}.{parts[2]}";
    });

    [Fact]
    public async Task A_token_that_says_it_needs_no_signature_is_401() => await RefusedAsync(ana =>
        $"{System.Buffers.Text.Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8)}.{ana.AccessToken.Split('.')[1]}.");

    [Fact]
    public async Task A_token_that_is_none_is_401() => await RefusedAsync(_ => "let-me-in");

    internal static string TokenOf(Person person, SigningKeys keys, DateTimeOffset issued) => new AccessTokens(keys, TimeProvider.System)
        .Issue(new UserInfo(IdText.Parse<UserId>(person.Id), "Ana", person.Email), issued).Token;

    private async Task RefusedAsync(Func<Person, string> forge)
    {
        using var ana = await Person.RegisteredAsync(server);
        ana.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", forge(ana));

        Answers.IsProblem(await ana.GetAsync("/api/me", HttpStatusCode.Unauthorized), "unauthorized", 401);
    }
}
