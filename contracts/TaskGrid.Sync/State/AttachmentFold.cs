using System.Collections.Immutable;
using System.Diagnostics;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>A task's attachments after a canonical change on one of them.</summary>
internal static class AttachmentFold
{
    public static ImmutableArray<AttachmentLine> Apply(ImmutableArray<AttachmentLine> attachments, CanonicalChange change) => change.Body switch
    {
        ChangeBody.Attach a => attachments.Any(known => known.Id == a.Id)
            ? attachments
            : attachments.Add(new AttachmentLine(a.Id, change.User, a.Size, a.Sha256, a.Epoch, a.Sealed, change.Seq, false)),
        ChangeBody.Detach detach => [.. attachments.Select(a => a.Id == detach.Id ? a with { Deleted = true } : a)],
        _ => throw new UnreachableException(change.Body.GetType().Name),
    };
}
