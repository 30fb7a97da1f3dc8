using System.Net;
using System.Text.Json.Nodes;
using TaskGrid.Gateway.Tests.Facts;

namespace TaskGrid.Gateway.Tests.Accounts;

public sealed class AccountTests(RunningServer server) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = server.Url };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task An_address_is_one_account_however_it_is_written()
    {
        using var ana = await Person.RegisteredAsync(server);

        var again = await PostAsync("/api/auth/register", new { email = $"  {ana.Email.ToUpperInvariant()} ", password = Person.Password, name = "Ana" }, 409);
        var signedIn = await PostAsync("/api/auth/login", new { email = ana.Email.ToUpperInvariant(), password = Person.Password }, 200);

        Answers.IsProblem(again, "email_taken", 409);
        Assert.Equal(ana.Id, (string?)signedIn!["user"]!["id"]);
    }

    [Fact]
    public async Task A_form_is_told_everything_that_is_wrong_with_it_at_once()
    {
        var answer = await PostAsync("/api/auth/register", new { email = "nowhere", password = "short" }, 422);

        Answers.IsProblem(answer, "invalid", 422);
        Assert.Equal(["email", "name", "password"], answer!["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("""{"email":"a@b.c","password":"\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000","name":"A"}""", "password")]
    [InlineData("""{"email":"a@b.c","password":"12345678","name":"\ud800"}""", "name")]
    [InlineData("""{"email":7,"password":"12345678","name":"A"}""", "email")]
    public async Task What_is_no_clean_text_is_invalid(string body, string member)
    {
        var answer = await PostAsync("/api/auth/register", body, 422);

        Answers.IsProblem(answer, "invalid", 422);
        Assert.Equal([member], answer!["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_answered_alike()
    {
        using var ana = await Person.RegisteredAsync(server);

        var wrong = await PostAsync("/api/auth/login", new { email = ana.Email, password = "not this one" }, 401);
        var unknown = await PostAsync("/api/auth/login", new { email = $"{Guid.NewGuid()}@example.com", password = "not this one" }, 401);

        Answers.IsProblem(wrong, "bad_credentials", 401);
        Assert.Equal(wrong!.ToJsonString(), unknown!.ToJsonString());
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_does_not_lock_others_out()
    {
        using var ana = await Person.RegisteredAsync(server);
        using var ben = await Person.RegisteredAsync(server);

        HttpResponseMessage answer;
        var guesses = 0;
        do
        {
            answer = await http.PostAsync("/api/auth/login", Person.Json(new { email = ana.Email, password = $"guess {guesses}" }), Token);
        }
        while (answer.StatusCode == HttpStatusCode.Unauthorized && ++guesses < 50);

        Assert.InRange(guesses, 10, 49);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Answers.IsProblem(JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token)), "rate_limited", 429);
        await PostAsync("/api/auth/login", new { email = ben.Email, password = Person.Password }, 200);
    }

    [Fact(DisplayName = "[AC6] A refresh that was not heard is answered the same again")]
    public async Task A_refresh_that_was_not_heard_is_answered_the_same_again()
    {
        using var ana = await Person.RegisteredAsync(server);
        var attempt = new { refreshToken = (string)ana.Session["refreshToken"]!, attempt = Guid.NewGuid() };

        var first = await PostAsync("/api/auth/refresh", attempt, 200);
        var again = await PostAsync("/api/auth/refresh", attempt, 200);

        Assert.Equal(first!.ToJsonString(), again!.ToJsonString());
        await PostAsync("/api/auth/refresh", new { refreshToken = (string)first["refreshToken"]! }, 200);
    }

    [Fact(DisplayName = "[AC6] A refresh token used twice signs its whole family out")]
    public async Task A_refresh_token_used_twice_signs_its_whole_family_out()
    {
        using var ana = await Person.RegisteredAsync(server);
        var stolen = new { refreshToken = (string)ana.Session["refreshToken"]! };
        var successor = await PostAsync("/api/auth/refresh", stolen, 200);

        Answers.IsProblem(await PostAsync("/api/auth/refresh", stolen, 401), "unauthorized", 401);
        await PostAsync("/api/auth/refresh", new { refreshToken = (string)successor!["refreshToken"]! }, 401);
        await PostAsync("/api/auth/login", new { email = ana.Email, password = Person.Password }, 200);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var ana = await Person.RegisteredAsync(server);
        var token = new { refreshToken = (string)ana.Session["refreshToken"]! };

        await PostAsync("/api/auth/logout", token, 204);

        await PostAsync("/api/auth/refresh", token, 401);
    }

    [Fact(DisplayName = "[HT2] A browser gets its refresh token where no script can read it")]
    public async Task A_browser_gets_its_refresh_token_where_no_script_can_read_it()
    {
        using var ana = await Person.RegisteredAsync(server);
        using var login = Browser("/api/auth/login", new { email = ana.Email, password = Person.Password }, null);
        using var signedIn = await http.SendAsync(login, Token);

        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-taskgrid=", cookie, StringComparison.Ordinal);
        foreach (var word in (string[])["httponly", "secure", "samesite=strict", "path=/"]) Assert.Contains(word, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Null(JsonNode.Parse(await signedIn.Content.ReadAsStringAsync(Token))!["refreshToken"]);

        using var refresh = Browser("/api/auth/refresh", new { }, cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(refresh, Token)).StatusCode);
    }

    [Fact(DisplayName = "[HT2] The cookie alone without the browsers header is worth nothing")]
    public async Task The_cookie_alone_without_the_browsers_header_is_worth_nothing()
    {
        using var ana = await Person.RegisteredAsync(server);
        using var login = Browser("/api/auth/login", new { email = ana.Email, password = Person.Password }, null);
        var cookie = (await http.SendAsync(login, Token)).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var forged = Browser("/api/auth/refresh", new { }, cookie);
        forged.Headers.Remove("X-TaskGrid-Client");

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(forged, Token)).StatusCode);
    }

    private static HttpRequestMessage Browser(string path, object body, string? cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Person.Json(body) };
        request.Headers.Add("X-TaskGrid-Client", "browser");
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        return request;
    }

    private async Task<JsonNode?> PostAsync(string path, object body, int expected)
    {
        using var answer = await http.PostAsync(path, Person.Json(body), Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True((int)answer.StatusCode == expected, $"expected {expected}, got {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
