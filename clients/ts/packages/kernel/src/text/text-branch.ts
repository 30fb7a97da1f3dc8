import type { TextEdit } from '@taskgrid/protocol'
import { transformEdit } from './text-edits.js'

/** An author's pending edits of one text after a foreign edit came from the log. */
export interface MovedBranch {
  /** The pending edits, oldest first, each on what it now stands on. */
  readonly pending: readonly TextEdit[]
  /** The foreign edit on what the author sees: for a cursor or an open editor. */
  readonly shown: TextEdit
}

/**
 * A foreign edit came from the log: each pending edit goes over it, and it goes on over each. The first pending edit applies to the text
 * in the log, each other one to the result of the one before it. This is one column of [TX5].
 */
export function moveOverForeign(pending: readonly TextEdit[], foreign: TextEdit): MovedBranch {
  let shown = foreign
  const moved = pending.map((edit) => {
    const over = transformEdit(edit, shown, 'right')
    shown = transformEdit(shown, edit, 'left')
    return over
  })
  return { pending: moved, shown }
}
