using System.Text;
using Npgsql;
using TaskGrid.Contracts;
using TaskGrid.Domain.Organizations;
using TaskGrid.EventStore.Marten.Json;
using TaskGrid.Sync;

namespace TaskGrid.EventStore.Marten.Queries;

/// <summary>The whole of an organization as lines of JSON [SN1], straight from the rows; the same state gives the same bytes.</summary>
internal static class SnapshotQuery
{
    private const int FlushBytes = 64 * 1024;

    public static async Task WriteAsync(
        NpgsqlDataSource database, OrganizationId organization, ReplicaId? replica, Stream output, CancellationToken cancellationToken)
    {
        await using var session = await LogSession.OpenAsync(database, cancellationToken);
        if (await LogQueries.HeadAsync(session, organization, cancellationToken) is not { } head) return;
        var taken = await LogQueries.TakenAsync(session, organization, replica, head.Seq, head.Seq, cancellationToken);
        var count = await session.FirstAsync(
            "select count(*) from tg.tasks where organization = $1", row => row.GetInt64(0), cancellationToken, organization.Value);
        var core = StoredJson.Read<OrganizationCore>((await session.FirstAsync(
            "select core from tg.organizations where organization = $1", row => row.GetString(0), cancellationToken, organization.Value))!);
        using var lines = new MemoryStream();
        Line(lines, StoredJson.Write(new SnapshotHead(head.Seq, count, taken, TaskDigest.Format(head.Digest), head.History)));
        foreach (var definition in core.Definitions) Line(lines, StoredJson.Write(LineOf(definition.Key, definition.Value)));
        foreach (var member in core.Closed ? [] : core.Members.AsEnumerable())
            Line(lines, StoredJson.Write(new MemberLine("member", member.Key, member.Value.Name, member.Value.Role)));
        await WriteTasksAsync(session, organization, lines, output, cancellationToken);
    }

    private static async Task WriteTasksAsync(
        LogSession session, OrganizationId organization, MemoryStream lines, Stream output, CancellationToken cancellationToken)
    {
        await using (var reader = await session.ReadAsync(
            "select line::text from tg.tasks where organization = $1 order by id", cancellationToken, organization.Value))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                lines.Write(reader.GetFieldValue<byte[]>(0));
                lines.WriteByte((byte)'\n');
                if (lines.Length >= FlushBytes) await FlushAsync(lines, output, cancellationToken);
            }
        }
        await FlushAsync(lines, output, cancellationToken);
    }

    private static async Task FlushAsync(MemoryStream lines, Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken);
        lines.SetLength(0);
    }

    private static void Line(MemoryStream lines, string json)
    {
        lines.Write(Encoding.UTF8.GetBytes(json));
        lines.WriteByte((byte)'\n');
    }

    /// <summary>[SN2]</summary>
    public static DefinitionLine LineOf(DefinitionId id, DefinitionState state)
    {
        var values = Ordinal.Empty<FieldValue>().ToBuilder();
        foreach (var (name, register) in state.Properties)
            if (register.Value is { } value) values[name] = value;
        return new DefinitionLine(state.Kind, id, state.Seq, values.ToImmutable());
    }
}
