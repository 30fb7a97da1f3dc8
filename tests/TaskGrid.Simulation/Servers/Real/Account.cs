using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Simulation;

/// <summary>Somebody's account on a real server, signed in for as long as the campaign lasts.</summary>
internal sealed class Account : ISessionStore
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly SessionKeeper keeper;
    private readonly ApiClient api;
    private SavedSession? saved;

    private Account(ApiClient api, Session session, string name)
    {
        this.api = api;
        (Person, Email) = (new Person(session.User.Id, name), session.User.Email);
        saved = new SavedSession(api.Server, session.User, session.AccessToken, session.RefreshToken!, session.ExpiresAt);
        keeper = new SessionKeeper(this, api, TimeProvider.System);
    }

    public Person Person { get; }

    public string Email { get; }

    /// <summary>Registers somebody.</summary>
    public static async Task<Account> RegisterAsync(ApiClient api, string name)
    {
        var request = new RegisterRequest($"{name}-{Guid.NewGuid():N}@example.com", "correct horse battery", name);
        return await api.RegisterAsync(request, CancellationToken.None) is Reply<Session>.Answered { Value: var session }
            ? new Account(api, session, name)
            : throw new InvalidOperationException($"{name} could not register");
    }

    /// <summary>A device's own way to the server.</summary>
    public HttpTransport NewTransport() => new(api, keeper);

    /// <summary>A request of this account that is not one of sync.</summary>
    public Task<Reply<T>> AskAsync<T>(Func<ApiClient, string, Task<Reply<T>>> ask) => NewTransport().SignedAsync(token => ask(api, token), CancellationToken.None);

    public SavedSession? Load() => saved;

    public void Save(SavedSession? session) => saved = session;

    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim held) : IDisposable
    {
        public void Dispose() => held.Release();
    }
}
