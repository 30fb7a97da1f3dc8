using System.Collections.Immutable;
using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Problems;

/// <summary>The problems that the gateway itself finds, one for each code.</summary>
internal static class Refusals
{
    public const int RetrySoonSeconds = 1;

    public static Problem Invalid(string detail, int status = StatusCodes.Status400BadRequest) =>
        new(status, Codes.Invalid, "The request is not of its form.", detail);

    public static Problem Invalid(ImmutableSortedDictionary<string, string> errors, int status = StatusCodes.Status422UnprocessableEntity) =>
        new(status, Codes.Invalid, "Some members are not of their form.", Errors: errors);

    public static Problem InvalidMember(string member, string what) =>
        Invalid(ImmutableSortedDictionary<string, string>.Empty.Add(member, what), StatusCodes.Status400BadRequest);

    public static Problem Unauthorized() =>
        new(StatusCodes.Status401Unauthorized, Codes.Unauthorized, "Sign in, or refresh your access token.");

    public static Problem BadCredentials() =>
        new(StatusCodes.Status401Unauthorized, Codes.BadCredentials, "Address and password do not match.");

    public static Problem Forbidden() =>
        new(StatusCodes.Status403Forbidden, Codes.Forbidden, "Your role does not allow this.");

    public static Problem ReplicaTaken() =>
        new(StatusCodes.Status403Forbidden, Codes.ReplicaTaken, "This replica belongs to another user.");

    public static Problem NotFound() =>
        new(StatusCodes.Status404NotFound, Codes.NotFound, "There is no such thing, or none that you may see.");

    public static Problem NoSuchUser() =>
        new(StatusCodes.Status404NotFound, Codes.NoSuchUser, "Nobody has an account with this address.");

    public static Problem EmailTaken() =>
        new(StatusCodes.Status409Conflict, Codes.EmailTaken, "There is an account with this address.");

    public static Problem Resync() =>
        new(StatusCodes.Status410Gone, Codes.Resync, "The log is not what you hold a part of; take a snapshot.");

    public static Problem TooLarge(string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, Codes.TooLarge, "The request is too large.", detail);

    public static Problem UpgradeNeeded() =>
        new(StatusCodes.Status426UpgradeRequired, Codes.UpgradeNeeded, "This server speaks version 1 of the protocol.");

    public static Problem RateLimited() =>
        new(StatusCodes.Status429TooManyRequests, Codes.RateLimited, "Too many requests; wait a little.");

    public static Problem Unavailable() =>
        new(StatusCodes.Status503ServiceUnavailable, Codes.Unavailable, "Not now; nothing was taken in. Try again.");

    public static Problem Internal() =>
        new(StatusCodes.Status500InternalServerError, Codes.Internal, "Something is wrong here; nothing is known to be wrong with your request.");
}
