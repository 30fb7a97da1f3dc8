using System.Threading.RateLimiting;

namespace TaskGrid.Gateway.Accounts;

/// <summary>
/// Slows guessing down without letting a stranger lock an account: what counts are failures, first of an account from one address, and
/// only far above that of an account from everywhere. Attempts of an address are bounded because each costs a hash.
/// </summary>
internal sealed class SignInLimits(GatewayLimits limits) : IDisposable
{
    private static readonly TimeSpan FailureForgiven = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan AttemptForgiven = TimeSpan.FromMilliseconds(200);

    private readonly PartitionedRateLimiter<string> attempts = Bucket(limits.SignInBurst, AttemptForgiven);
    private readonly PartitionedRateLimiter<string> failuresFromOne = Bucket(limits.FailureBurst, FailureForgiven);
    private readonly PartitionedRateLimiter<string> failuresFromAll = Bucket(limits.AccountFailureBurst, FailureForgiven);

    /// <summary>How long to wait before another try; null for none.</summary>
    public TimeSpan? Refuses(string email, string address)
    {
        using var attempt = attempts.AttemptAcquire(address);
        if (!attempt.IsAcquired) return AttemptForgiven;
        return HasRoom(failuresFromOne, One(email, address)) && HasRoom(failuresFromAll, email) ? null : FailureForgiven;
    }

    public void Failed(string email, string address)
    {
        failuresFromOne.AttemptAcquire(One(email, address)).Dispose();
        failuresFromAll.AttemptAcquire(email).Dispose();
    }

    public void Dispose()
    {
        attempts.Dispose();
        failuresFromOne.Dispose();
        failuresFromAll.Dispose();
    }

    // Asking for no permit would do as well, but a bucket says yes to that as soon as the first part of a permit has come back.
    private static bool HasRoom(PartitionedRateLimiter<string> limiter, string key) => limiter.GetStatistics(key) is not { CurrentAvailablePermits: < 1 };

    private static string One(string email, string address) => $"{address} {email}";

    private static PartitionedRateLimiter<string> Bucket(int burst, TimeSpan oneIn) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = oneIn,
            AutoReplenishment = true,
        }));
}
