using System.Collections.Immutable;
using Npgsql;
using TaskGrid.Contracts;

namespace TaskGrid.EventStore.Marten.Queries;

/// <summary>Who is where.</summary>
internal static class MemberQueries
{
    public static async Task<ImmutableArray<OrganizationInfo>> MembershipsAsync(NpgsqlDataSource database, UserId user, CancellationToken cancellationToken)
    {
        await using var command = Command(database,
            """
            select m.organization, o.name, m.role from tg.members m join tg.organizations o using (organization)
            where m.member = $1 and not o.closed order by o.name collate "C", m.organization
            """, user.Value);
        return await AllAsync(command,
            row => new OrganizationInfo(new OrganizationId(row.GetGuid(0)), row.GetString(1), RoleOf(row.GetString(2))), cancellationToken);
    }

    public static async Task<ImmutableArray<MemberLine>> MembersAsync(
        NpgsqlDataSource database, OrganizationId organization, CancellationToken cancellationToken)
    {
        await using var command = Command(database,
            """select member, name, role from tg.members where organization = $1 order by name collate "C", member""", organization.Value);
        return await AllAsync(command,
            row => new MemberLine("member", new UserId(row.GetGuid(0)), row.GetString(1), RoleOf(row.GetString(2))), cancellationToken);
    }

    public static async Task<UserId?> ReplicaOwnerAsync(
        NpgsqlDataSource database, OrganizationId organization, ReplicaId replica, CancellationToken cancellationToken)
    {
        await using var command = Command(database,
            "select owner from tg.replicas where organization = $1 and replica = $2", organization.Value, replica.Value);
        return await command.ExecuteScalarAsync(cancellationToken) is Guid owner ? new UserId(owner) : null;
    }

    public static async Task<ImmutableDictionary<OrganizationId, long>> HeadsAsync(
        NpgsqlDataSource database, ImmutableArray<OrganizationId> organizations, CancellationToken cancellationToken)
    {
        await using var command = Command(database, "select organization, seq from tg.heads where organization = any ($1)",
            organizations.Select(organization => organization.Value).ToArray());
        var heads = await AllAsync(command,
            row => KeyValuePair.Create(new OrganizationId(row.GetGuid(0)), row.GetInt64(1)), cancellationToken);
        return heads.ToImmutableDictionary();
    }

    private static NpgsqlCommand Command(NpgsqlDataSource database, string sql, params object[] parameters)
    {
        var command = database.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        return command;
    }

    private static async Task<ImmutableArray<T>> AllAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        var rows = ImmutableArray.CreateBuilder<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) rows.Add(row(reader));
        return rows.ToImmutable();
    }

    private static Role RoleOf(string word) => Roles.Parse(word) ?? throw new InvalidDataException("A member's row holds an unknown role.");
}
