using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TaskGrid.Contracts;

namespace TaskGrid.Domain;

/// <summary>Ids that follow from the log, so that every replay gives the same (RFC 9562, version 5).</summary>
public static class DerivedIds
{
    /// <summary>The id of a conflict that a change made on its own task; of several of one kind, of the first.</summary>
    public static ConflictId Conflict(OrganizationId organization, long seq, string kind) =>
        new(Version5(organization.Value, $"{seq}/{kind}"));

    /// <summary>The id of a further conflict of that kind, with another replica.</summary>
    public static ConflictId Conflict(OrganizationId organization, long seq, string kind, ReplicaId with) =>
        new(Version5(organization.Value, $"{seq}/{kind}/{with}"));

    /// <summary>The id of a conflict that a change made on a task that it only reached.</summary>
    public static ConflictId Conflict(OrganizationId organization, long seq, string kind, TaskId reached) =>
        new(Version5(organization.Value, $"{seq}/{kind}/{reached}"));

    private static Guid Version5(Guid scope, string name)
    {
        Span<byte> input = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(name.Length)];
        scope.TryWriteBytes(input, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(name, input[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562 names SHA-1; nothing is kept secret by it.
        SHA1.HashData(input[..length], hash);
#pragma warning restore CA5350
        BinaryPrimitives.WriteUInt16BigEndian(hash[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(hash[6..]) & 0x0FFF) | 0x5000));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
