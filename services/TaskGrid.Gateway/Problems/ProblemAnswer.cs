using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using TaskGrid.Contracts;

namespace TaskGrid.Gateway.Problems;

/// <summary>A problem as an answer: RFC 9457.</summary>
internal sealed class ProblemAnswer(Problem problem, TimeSpan? retryAfter = null) : IResult, IStatusCodeHttpResult
{
    public const string ContentType = "application/problem+json";

    public int? StatusCode => problem.Status;

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, problem, retryAfter);

    public static async Task WriteAsync(HttpContext context, Problem problem, TimeSpan? retryAfter = null)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = ContentType;
        if (problem.Status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Bearer";
        if (problem.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = Seconds(retryAfter).ToString(CultureInfo.InvariantCulture);
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body)) Write(json, problem);
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private static int Seconds(TimeSpan? retryAfter) =>
        Math.Max(Refusals.RetrySoonSeconds, (int)Math.Ceiling((retryAfter ?? TimeSpan.Zero).TotalSeconds));

    private static void Write(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("type", "urn:taskgrid:problem:" + problem.Code);
        json.WriteString("title", problem.Title);
        json.WriteNumber("status", problem.Status);
        json.WriteString("code", problem.Code);
        if (problem.Detail is { } detail) json.WriteString("detail", detail);
        if (problem.Expected is { } expected) json.WriteNumber("expected", expected);
        if (problem.N is { } n) json.WriteNumber("n", n);
        if (problem.Position is { } position) json.WriteNumber("position", position);
        if (problem.Errors is { } errors)
        {
            json.WriteStartObject("errors");
            foreach (var (member, what) in errors) json.WriteString(member, what);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
