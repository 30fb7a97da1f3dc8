using System.Diagnostics;
using TaskGrid.Gateway.Problems;
using TaskGrid.Grains;

namespace TaskGrid.Gateway.Organizations;

/// <summary>What an organization said, as an answer.</summary>
internal static class OutcomeAnswer
{
    public static IResult Of(OrganizationOutcome? outcome, Func<OrganizationOutcome.Done, IResult> done) => outcome switch
    {
        null => new ProblemAnswer(Refusals.Unavailable()),
        OrganizationOutcome.Done happened => done(happened),
        OrganizationOutcome.Refused refused => new ProblemAnswer(refused.Problem),
        _ => throw new UnreachableException(outcome.GetType().Name),
    };
}
