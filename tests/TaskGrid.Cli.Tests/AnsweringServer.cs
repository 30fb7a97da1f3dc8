using System.Net;
using System.Text;

namespace TaskGrid.Cli.Tests;

/// <summary>A server that gives each path the answer that it was told.</summary>
internal sealed class AnsweringServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Dictionary<string, string> answers;

    public AnsweringServer(Dictionary<string, string> answers)
    {
        this.answers = answers;
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }
        listener.Prefixes.Add(Url.ToString());
        listener.Start();
        _ = AnswerAsync();
    }

    public Uri Url { get; }

    public void Dispose() => listener.Close();

    private async Task AnswerAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            var found = answers.TryGetValue(context.Request.Url!.AbsolutePath, out var answer);
            context.Response.StatusCode = found ? 200 : 404;
            context.Response.ContentType = found ? "application/json" : "application/problem+json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer ?? """{"status":404,"code":"not_found","title":"not found"}"""));
            context.Response.Close();
        }
    }
}
