using System.Text.Json;
using TaskGrid.Gateway.Problems;

namespace TaskGrid.Gateway.Json;

/// <summary>Endpoints that take a small object and either find its members right or answer what is wrong with them.</summary>
internal static class Form
{
    /// <summary>Reads the members, then runs the endpoint, unless anything is wrong with them.</summary>
    public static async Task<IResult> WithAsync<T>(HttpContext context, Func<ObjectReader, T> read, Func<T, Task<IResult>> handle)
    {
        var outcome = await JsonBody.ReadAsync(context.Request, JsonBody.FormLimit, context.RequestAborted);
        if (outcome is not JsonBodyOutcome.Read body) return new ProblemAnswer(((JsonBodyOutcome.Refused)outcome).Problem);
        using (body) return await ReadAsync(body.Document.RootElement, read, handle);
    }

    private static async Task<IResult> ReadAsync<T>(JsonElement element, Func<ObjectReader, T> read, Func<T, Task<IResult>> handle)
    {
        var members = new ObjectReader(element);
        var form = read(members);
        return members.Errors is { } errors ? new ProblemAnswer(Refusals.Invalid(errors)) : await handle(form);
    }
}
