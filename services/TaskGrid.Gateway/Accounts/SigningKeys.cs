using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace TaskGrid.Gateway.Accounts;

/// <summary>The keys of this deployment, each for one purpose, all derived from the one secret that an operator has to keep.</summary>
internal sealed class SigningKeys
{
    private const int LeastBytes = 32;

    private SigningKeys(byte[] secret)
    {
        AccessTokens = new SymmetricSecurityKey(Derive(secret, "taskgrid access tokens v1"));
        RefreshTokens = Derive(secret, "taskgrid refresh tokens v1");
    }

    /// <summary>Signs access tokens.</summary>
    public SymmetricSecurityKey AccessTokens { get; }

    /// <summary>Makes the successor of a refresh token.</summary>
    public byte[] RefreshTokens { get; }

    public static SigningKeys FromFile(string? path)
    {
        if (path is null) throw new InvalidOperationException("TaskGrid__SigningKeyFile is not set.");
        if (!File.Exists(path)) throw new InvalidOperationException($"TaskGrid__SigningKeyFile: there is no file {path}.");
        return From(File.ReadAllBytes(path));
    }

    public static SigningKeys From(byte[] secret) => secret.Length >= LeastBytes
        ? new SigningKeys(secret)
        : throw new InvalidOperationException($"The signing key file has less than {LeastBytes} bytes.");

    private static byte[] Derive(byte[] secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: System.Text.Encoding.UTF8.GetBytes(purpose));
}
