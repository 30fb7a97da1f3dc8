using TaskGrid.Client;
using TaskGrid.Contracts;

namespace TaskGrid.Cli;

/// <summary>A refused change in words: what it would have done, why it was refused, and what it holds.</summary>
internal sealed class RejectionWords(Wording say, IReplicaReading reading)
{
    /// <summary>The task by its title, where it is known.</summary>
    public string Task(ChangeBody body) => ReplicaView.TaskOf(reading, body) is { } task ? say.Fields.Task(task) : "";

    /// <summary>What it would have done.</summary>
    public string Deed(ChangeBody body)
    {
        if (body is ChangeBody.Resolve resolve)
            return reading.Conflict(resolve.Conflict) is { } note ? $"decide {ConflictWords.Subject(note)}: {new ConflictWords(say, note).Choice(resolve.Choice, resolve.Value)}" : "decide a conflict";
        return $"you {Inks.Drawn([.. say.Deeds.Of(body, null, null)], colour: false)}";
    }

    /// <summary>Why.</summary>
    public static string Reason(RejectedChange change)
    {
        var reason = change.Code switch
        {
            Codes.Forbidden when change.Change.Body is ChangeBody.EditComment or ChangeBody.DeleteComment => "only its author, or an admin, may change a comment",
            Codes.Forbidden => "your role did not allow it when it was sent",
            Codes.Unknown => "what it is about does not exist on the server",
            Codes.Exists => "it existed already",
            Codes.Dependent => "it builds on another change that was refused",
            Codes.Invalid => "it was not of the form that the server takes",
            Codes.TooLarge => "it is too large for one request",
            Codes.StaleEpoch => "the key that the file was sealed with is no longer in use",
            _ => "the server refused it",
        };
        return change.Detail is { Length: > 0 } detail ? $"{reason} ({detail})" : reason;
    }

    /// <summary>What would help.</summary>
    public static string Advice(RejectedChange change) => change.Code switch
    {
        Codes.Forbidden => "Ask an admin for another role, then try again.",
        Codes.Unknown => "Try again once it exists, or copy what it holds to somewhere else.",
        Codes.Exists => "Copy what differs to the one that exists, then forget this.",
        Codes.Dependent => "Try again the change that it builds on first, then this.",
        _ => "Copy what it holds, and make the change anew in a form that the server takes.",
    };

    /// <summary>What it holds, to be used elsewhere: the words that somebody typed, the value that was set.</summary>
    public string Content(ChangeBody body) => body switch
    {
        ChangeBody.Create create => create.Values.Description.Length > 0 ? $"{create.Values.Title}\n\n{create.Values.Description}" : create.Values.Title,
        ChangeBody.Text text => string.Concat(text.Edit.Components.Select(component => component.Text)),
        ChangeBody.Comment comment => comment.Body,
        ChangeBody.EditComment edit => edit.Body,
        ChangeBody.Set set => set.Value is null ? "" : say.Fields.Value(set.Field, set.Value),
        ChangeBody.Add add => add.Value,
        ChangeBody.Remove remove => remove.Value,
        ChangeBody.Resolve { Value: { } value } => value.AsText() ?? value.Json,
        ChangeBody.Define define => string.Join('\n', define.Values.Select(value => $"{value.Key}: {value.Value?.AsText() ?? value.Value?.Json}")),
        _ => "",
    };
}
