import type { AddComment, CanonicalHeader, CommentLine, DeleteComment, EditComment } from '@taskgrid/protocol'

/** A task's comments after a canonical change on one of them. */
export function foldComments(comments: readonly CommentLine[], change: CanonicalHeader & (AddComment | EditComment | DeleteComment)): readonly CommentLine[] {
  switch (change.op) {
    case 'comment':
      return comments.some((known) => known.id === change.comment) ? comments : [...comments, added(change)]
    case 'editComment':
      return comments.map((comment) => (comment.id === change.comment && comment.deleted !== true ? { ...comment, body: change.body, edited: true } : comment))
    case 'deleteComment':
      return comments.map((comment) => (comment.id === change.comment ? tombstone(comment) : comment))
  }
}

function added({ comment, user, body, parent, seq }: CanonicalHeader & AddComment): CommentLine {
  return { id: comment, user, body, ...(parent === undefined ? {} : { parent }), seq }
}

function tombstone({ id, user, parent, seq }: CommentLine): CommentLine {
  return { id, user, body: '', ...(parent === undefined ? {} : { parent }), seq, deleted: true }
}
