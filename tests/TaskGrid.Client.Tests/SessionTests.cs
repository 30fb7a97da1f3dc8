using System.Net;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Client.Tests;

public sealed class SessionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tg-session-").FullName;
    private readonly Accounts accounts = new();

    private FileSessionStore Store => new(Path.Combine(folder, "session.json"), TimeProvider.System);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_token_that_is_good_is_handed_out_without_asking()
    {
        Save(validFor: TimeSpan.FromMinutes(10));
        Assert.Equal("access0", Token(await Keeper().TokenAsync(null, Cancelled)));
        Assert.Empty(accounts.Asked);
    }

    [Fact]
    public async Task A_token_that_ran_out_is_renewed_once_and_kept_for_the_next_process()
    {
        Save(validFor: TimeSpan.Zero);
        Assert.Equal("access1", Token(await Keeper().TokenAsync(null, Cancelled)));
        Assert.Equal("access1", Token(await Keeper().TokenAsync(null, Cancelled)));
        Assert.Equal(("refresh1", null), (Store.Load()!.RefreshToken, Store.Load()!.Attempt));
        Assert.Single(accounts.Asked);
    }

    [Fact(DisplayName = "[AC6] A lost answer is asked for again with the same attempt, also after a restart")]
    public async Task A_lost_answer_is_asked_for_again_with_the_same_attempt_also_after_a_restart()
    {
        Save(validFor: TimeSpan.Zero);
        accounts.LoseAnswers = 1;
        Assert.IsType<Reply<string>.Unreachable>(await Keeper().TokenAsync(null, Cancelled));
        Assert.Equal("access1", Token(await Keeper().TokenAsync(null, Cancelled)));
        Assert.Equal(2, accounts.Asked.Count);
        Assert.Single(accounts.Asked.Distinct());
        Assert.NotNull(accounts.Asked[0].Attempt);
    }

    [Fact]
    public async Task Many_at_once_renew_once()
    {
        Save(validFor: TimeSpan.Zero);
        var tokens = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Keeper().TokenAsync(null, Cancelled)));
        Assert.All(tokens, token => Assert.Equal("access1", Token(token)));
        Assert.Single(accounts.Asked);
    }

    [Fact]
    public async Task A_token_that_the_server_refused_is_not_handed_out_again()
    {
        Save(validFor: TimeSpan.FromMinutes(10));
        Assert.Equal("access1", Token(await Keeper().TokenAsync("access0", Cancelled)));
    }

    [Fact]
    public async Task A_family_that_was_revoked_asks_for_a_sign_in_and_forgets_nothing_else()
    {
        Save(validFor: TimeSpan.Zero);
        accounts.Revoked = true;
        Assert.Equal(Codes.Unauthorized, Assert.IsType<Reply<string>.Refused>(await Keeper().TokenAsync(null, Cancelled)).Problem.Code);
        Assert.Equal("Ana", Store.Load()!.User.Name);
    }

    [Fact]
    public void Only_its_owner_can_read_the_file()
    {
        if (OperatingSystem.IsWindows()) return; // there, the user's profile folder is what keeps others out
        Save(validFor: TimeSpan.Zero);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "session.json")));
    }

    private static string Token(Reply<string> reply) => Assert.IsType<Reply<string>.Answered>(reply).Value;

    private void Save(TimeSpan validFor) => Store.Save(new SavedSession(new Uri("http://server"), accounts.User, "access0", "refresh0", TimeProvider.System.GetUtcNow() + validFor));

    private SessionKeeper Keeper()
    {
        var http = new HttpClient(accounts, disposeHandler: false) { BaseAddress = new Uri("http://server") };
        return new SessionKeeper(Store, new ApiClient(http, TimeProvider.System), TimeProvider.System);
    }

    /// <summary>The server's accounts, as far as refreshing goes.</summary>
    private sealed class Accounts : HttpMessageHandler
    {
        public UserInfo User { get; } = new(UserId.From(Guid.CreateVersion7()), "Ana", "ana@example.com");

        public List<RefreshRequest> Asked { get; } = [];

        public int LoseAnswers { get; set; }

        public bool Revoked { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = JsonSerializer.Deserialize(await request.Content!.ReadAsByteArrayAsync(cancellationToken), ContractsJson.Default.RefreshRequest)!;
            lock (Asked) Asked.Add(asked);
            if (LoseAnswers-- > 0) throw new HttpRequestException("cut");
            if (Revoked) return Json(HttpStatusCode.Unauthorized, """{"code":"unauthorized","title":"sign in"}"""u8.ToArray());
            // The same token with the same attempt answers the same.
            var session = new Session(User, "access1", "refresh1", TimeProvider.System.GetUtcNow().AddMinutes(15));
            return Json(HttpStatusCode.OK, JsonSerializer.SerializeToUtf8Bytes(session, ContractsJson.Default.Session));
        }

        private static HttpResponseMessage Json(HttpStatusCode status, byte[] body) => new(status) { Content = new ByteArrayContent(body) };
    }
}
