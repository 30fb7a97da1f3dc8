using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TaskGrid.Contracts;
using TaskGrid.Grains;
using TaskGrid.Grains.Ports;
using TaskGrid.TestKit;

namespace TaskGrid.Simulation.Tests.Servers;

/// <summary>
/// Two processes believe that they stand for one organization. What one of them commits the other does not know, and a refusal, which is not
/// committed, is fenced by nothing.
/// </summary>
public sealed class StaleActivationTests
{
    private static readonly UserId Ana = UserId.From(Guid.CreateVersion7());
    private readonly OrganizationId organization = OrganizationId.From(Guid.CreateVersion7());
    private readonly ReplicaId replica = ReplicaId.From(Guid.CreateVersion7());
    private readonly UnsafeLog log = new(new InMemoryEventStore());

    [Fact]
    public async Task A_push_that_follows_on_what_another_process_took_in_is_not_called_a_gap()
    {
        var (stale, fresh) = await TwoProcessesAsync();
        Assert.Equal([1L], await TakenAsync(fresh, Create(1, seen: 1)));
        Assert.Equal([2L], await TakenAsync(stale, Create(2, seen: 1)));
    }

    [Fact]
    public async Task A_push_that_had_seen_what_another_process_took_in_is_not_told_to_resync()
    {
        var (stale, fresh) = await TwoProcessesAsync();
        await TakenAsync(fresh, Create(1, seen: 1));
        Assert.Equal([1L], await TakenAsync(stale, Create(1, seen: 2), ReplicaId.From(Guid.CreateVersion7())));
    }

    [Fact]
    public async Task A_member_whom_another_process_let_in_is_not_turned_away()
    {
        var (stale, fresh) = await TwoProcessesAsync();
        var ben = UserId.From(Guid.CreateVersion7());
        await fresh.CallAsync(grain => grain.SetMember(new SetMember(Ana, ben, "Ben", Role.Member, MustBeMember: false)));
        Assert.Equal([1L], await TakenAsync(stale, Create(1, seen: 2), ReplicaId.From(Guid.CreateVersion7()), ben));
    }

    [Fact]
    public async Task A_push_that_does_leave_a_gap_is_refused_by_a_stale_process_as_by_a_fresh_one()
    {
        var (stale, fresh) = await TwoProcessesAsync();
        await TakenAsync(fresh, Create(1, seen: 1));
        var refused = Assert.IsType<PushOutcome.Refused>(await PushAsync(stale, Create(3, seen: 1), replica, Ana));
        Assert.Equal((Codes.Gap, 2L), (refused.Problem.Code, refused.Problem.Expected));
    }

    /// <summary>Two processes that both have the organization in memory as it is now.</summary>
    private async Task<(Activation Stale, Activation Fresh)> TwoProcessesAsync()
    {
        var (one, other) = (Start(), Start());
        await one.CallAsync(grain => grain.Found(new FoundOrganization("Acme", Ana, "Ana")));
        foreach (var process in (Activation[])[one, other]) Assert.Equal(Role.Owner, (await process.CallAsync(grain => grain.AccessOf(Ana)))!.Role);
        return (one, other);
    }

    private Activation Start() => new(organization, log, new NoBell(), new VirtualTime());

    private async Task<IEnumerable<long>> TakenAsync(Activation process, SentChange change, ReplicaId? from = null, UserId? user = null) =>
        Assert.IsType<PushOutcome.Taken>(await PushAsync(process, change, from ?? replica, user ?? Ana)).Results.Select(result =>
        {
            Assert.Equal(ChangeStatus.Accepted, result.Status);
            return result.N;
        });

    private static Task<PushOutcome?> PushAsync(Activation process, SentChange change, ReplicaId from, UserId user) =>
        process.CallAsync(grain => grain.Push(new PushCommand(user, from, null, [change]), TestContext.Current.CancellationToken));

    private static SentChange Create(long n, long seen)
    {
        var change = new Change(n, Stamp.At(new VirtualTime().Now), new CausalClock(seen), new ChangeBody.Create(TaskId.From(Guid.CreateVersion7()), TaskValues.Titled($"task {n}")));
        var json = JsonSerializer.Serialize(change, ContractsJson.Default.Change);
        return new SentChange(n, [.. SHA256.HashData(Encoding.UTF8.GetBytes(json))], change, null);
    }

    private sealed class NoBell : IChangeBell
    {
        public void Ring(OrganizationAdvanced advanced) { }
    }
}
