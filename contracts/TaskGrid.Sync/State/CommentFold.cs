using System.Collections.Immutable;
using System.Diagnostics;
using TaskGrid.Contracts;

namespace TaskGrid.Sync;

/// <summary>A task's comments after a canonical change on one of them.</summary>
internal static class CommentFold
{
    public static ImmutableArray<CommentLine> Apply(ImmutableArray<CommentLine> comments, CanonicalChange change) => change.Body switch
    {
        ChangeBody.Comment added => comments.Any(c => c.Id == added.Id)
            ? comments
            : comments.Add(new CommentLine(added.Id, change.User, added.Body, added.Parent, change.Seq, false, false)),
        ChangeBody.EditComment edited => With(comments, edited.Id, c => c.Deleted ? c : c with { Body = edited.Body, Edited = true }),
        ChangeBody.DeleteComment deleted => With(comments, deleted.Id, c => c with { Body = "", Edited = false, Deleted = true }),
        _ => throw new UnreachableException(change.Body.GetType().Name),
    };

    private static ImmutableArray<CommentLine> With(ImmutableArray<CommentLine> comments, CommentId id, Func<CommentLine, CommentLine> rewrite) =>
        [.. comments.Select(comment => comment.Id == id ? rewrite(comment) : comment)];
}
