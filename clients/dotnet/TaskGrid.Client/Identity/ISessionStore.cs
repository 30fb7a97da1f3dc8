namespace TaskGrid.Client;

/// <summary>Keeps the sign-in of one device.</summary>
/// <remarks>Writes are durable when they return: a refresh token that was rotated and then lost would sign its user out.</remarks>
public interface ISessionStore
{
    /// <summary>The sign-in; null if nobody is signed in.</summary>
    SavedSession? Load();

    /// <summary>Keeps a sign-in; null forgets it.</summary>
    void Save(SavedSession? session);

    /// <summary>Waits until no other process is renewing the session, and keeps others from it until disposed.</summary>
    Task<IDisposable> LockAsync(CancellationToken cancellationToken);
}
