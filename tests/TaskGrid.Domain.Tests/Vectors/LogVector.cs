using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;

namespace TaskGrid.Domain.Tests.Vectors;

/// <summary>A case of a file of logs in the making: pushes in the order of arrival, what each is answered, and what it adds to the log.</summary>
public static class LogVector
{
    public static IEnumerable<JsonElement> List(this JsonElement vector, string name) => vector.GetProperty(name).EnumerateArray();

    public static T Id<T>(this JsonElement vector, string name) where T : struct, IId<T> => IdText.Parse<T>(vector.GetProperty(name).GetString()!);

    /// <summary>SHA-256 of the canonical form, of the text where there is none: what tells a change sent again from a fork.</summary>
    public static byte[] HashOf(JsonElement change) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.TryFrom(change, out var canonical, out _) ? canonical : change.GetRawText()));

    /// <summary>A result without what it says to people.</summary>
    public static string Canonical(ChangeResult result) =>
        CanonicalJson.From(JsonSerializer.Serialize(result with { Detail = null }, ContractsJson.Default.ChangeResult));

    public static string Canonical(CanonicalChange change) => CanonicalJson.From(JsonSerializer.Serialize(change, ContractsJson.Default.CanonicalChange));
}
