using System.Text.Json;

namespace TaskGrid.Gateway.Json;

/// <summary>An answer written member by member, straight to the wire.</summary>
internal sealed class JsonAnswer(Action<Utf8JsonWriter> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        write(json);
        await json.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>An answer that is JSON text already.</summary>
internal sealed class RawJsonAnswer(string text) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        return httpContext.Response.WriteAsync(text, httpContext.RequestAborted);
    }
}
