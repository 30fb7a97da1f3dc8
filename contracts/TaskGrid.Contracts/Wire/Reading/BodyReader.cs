using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace TaskGrid.Contracts;

/// <summary>Reads the op of a change and its members.</summary>
internal static class BodyReader
{
    private const int SealedBytes = 8 * 1024;
    private const int PropertiesAtMost = 64;

    /// <summary>Reads the op; the conflict of a resolve is given where the whole of it stood in the place of its id.</summary>
    public static ChangeBody? Read(MemberReader members, ConflictId? resolved = null)
    {
        var op = members.Text("op", Limits.ShortText);
        if (members.Fault is not null) return null;
        return op switch
        {
            "create" => Create(members),
            "set" => Set(members),
            "text" => Text(members),
            "add" => new ChangeBody.Add(Task(members), SetField(members), members.ShortText("value")),
            "remove" => new ChangeBody.Remove(Task(members), SetField(members), members.ShortText("value")),
            "comment" => new ChangeBody.Comment(Task(members), members.Id<CommentId>("comment"), CommentBody(members), members.IdOrNull<CommentId>("parent")),
            "editComment" => new ChangeBody.EditComment(Task(members), members.Id<CommentId>("comment"), CommentBody(members)),
            "deleteComment" => new ChangeBody.DeleteComment(Task(members), members.Id<CommentId>("comment")),
            "attach" => Attach(members),
            "detach" => new ChangeBody.Detach(Task(members), members.Id<AttachmentId>("attachment")),
            "delete" => new ChangeBody.Delete(Task(members)),
            "restore" => new ChangeBody.Restore(Task(members)),
            "define" => Define(members),
            "resolve" => Resolve(members, resolved),
            "void" => new ChangeBody.Void(),
            _ => Unknown(members, op),
        };
    }

    private static TaskId Task(MemberReader members) => members.Id<TaskId>("task");

    private static string CommentBody(MemberReader members) => members.Text("body", Limits.Comment);

    private static ChangeBody? Unknown(MemberReader members, string op)
    {
        members.Fail($"'{op}' is not an op of this version");
        return null;
    }

    private static ChangeBody Create(MemberReader members)
    {
        var task = Task(members);
        return new ChangeBody.Create(task, members.Take("values") is { } values ? Values(members, values, task) : TaskValues.Titled(""));
    }

    private static TaskValues Values(MemberReader outer, JsonElement element, TaskId task)
    {
        var members = new MemberReader(element);
        var title = members.TextOr(Fields.Title, Limits.Title, "");
        var description = members.TextOr(Fields.Description, Limits.Description, "");
        var labels = members.ShortTexts(Fields.Labels);
        var watchers = members.ShortTexts(Fields.Watchers);
        var registers = Ordinal.Empty<FieldValue>().ToBuilder();
        foreach (var (name, value) in members.TakeRest())
        {
            var written = members.ReadValue(value, name);
            if (FieldRules.Fault(name, written) is { } fault) members.Fail(fault);
            if (IsItself(name, written, task)) members.Fail("a task cannot be its own parent");
            if (written is not null) registers[name] = written;
        }
        if (members.End() is { } wrong) outer.Fail($"'values': {wrong}");
        return new TaskValues(title, description, registers.ToImmutable(), labels, watchers);
    }

    private static ChangeBody Set(MemberReader members)
    {
        var (task, field, value) = (Task(members), members.Text("field", 256), members.Value("value"));
        if (members.Fault is null && FieldRules.Fault(field, value) is { } fault) members.Fail(fault);
        if (IsItself(field, value, task)) members.Fail("a task cannot be its own parent");
        return new ChangeBody.Set(task, field, value);
    }

    private static bool IsItself(string field, FieldValue? value, TaskId task) =>
        field == Fields.Parent && value?.AsText() == task.ToString();

    private static ChangeBody Text(MemberReader members)
    {
        var field = members.Text("field", 256);
        if (members.Fault is null && Fields.KindOf(field) != FieldKind.Text) members.Fail($"'{field}' is not a text field");
        return new ChangeBody.Text(Task(members), field, members.Edit("edit"));
    }

    private static string SetField(MemberReader members)
    {
        var field = members.Text("field", 256);
        if (members.Fault is null && Fields.KindOf(field) != FieldKind.Set) members.Fail($"'{field}' is not a set");
        return field;
    }

    private static ChangeBody Attach(MemberReader members)
    {
        var body = new ChangeBody.Attach(Task(members), members.Id<AttachmentId>("attachment"), members.Number("size", 0),
            members.Text("sha256", 64), members.Number("epoch", 0), members.Text("sealed", SealedBytes));
        if (members.Fault is null && (body.Sha256.Length != 64 || body.Sha256.Any(c => !char.IsAsciiHexDigitLower(c))))
            members.Fail("'sha256' must be 64 lower-case hex digits");
        return body;
    }

    private static ChangeBody Define(MemberReader members)
    {
        var kind = members.Text("kind", Limits.ShortText);
        if (members.Fault is null && kind is not ("project" or "label" or "view")) members.Fail("'kind' must be project, label or view");
        var id = members.Id<DefinitionId>("id");
        var values = Ordinal.Empty<FieldValue?>().ToBuilder();
        if (members.Take("values") is not { } element) return new ChangeBody.Define(kind, id, values.ToImmutable());
        var properties = new MemberReader(element);
        foreach (var (name, value) in properties.TakeRest()) values[name] = Property(properties, name, value);
        if (values.Count > PropertiesAtMost) properties.Fail($"more than {PropertiesAtMost} properties");
        if (properties.End() is { } wrong) members.Fail($"'values': {wrong}");
        return new ChangeBody.Define(kind, id, values.ToImmutable());
    }

    private static FieldValue? Property(MemberReader members, string name, JsonElement element)
    {
        if (name.Length is < 1 or > Limits.ShortText) members.Fail("a property's name must have 1 to 64 characters");
        var value = members.ReadValue(element, name);
        if (value is not null && Encoding.UTF8.GetByteCount(value.Json) > Limits.Property)
            members.Fail($"'{name}' is longer than {Limits.Property} bytes");
        return value;
    }

    private static ChangeBody Resolve(MemberReader members, ConflictId? resolved)
    {
        var conflict = resolved ?? members.Id<ConflictId>("conflict");
        if (members.Has("choice") == members.Has("value")) members.Fail("either 'choice' or 'value' decides");
        return members.Has("choice")
            ? new ChangeBody.Resolve(conflict, members.Number("choice", 1), null)
            : new ChangeBody.Resolve(conflict, null, members.Value("value"));
    }
}
