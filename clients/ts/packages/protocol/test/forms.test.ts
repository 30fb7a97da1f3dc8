import { compareStamps, isId, readStamp, registerFault, stampOf, stampText, timeText } from '@taskgrid/protocol'
import { describe, expect, test } from 'vitest'
import { titleOf, vectors } from '../../../testing/vectors.js'

interface Form {
  readonly kind: 'id' | 'time' | 'short' | 'stamp' | 'order'
  readonly text: string
  readonly valid: boolean
  readonly millis: number
  readonly stamps: readonly { readonly at: string; readonly replica: string }[]
}

describe('forms', () => {
  for (const vector of vectors<Form>('forms.json')) test(titleOf(vector, 'ID5'), () => expect(asked(vector)).toEqual(said(vector)))
})

function said({ kind, text, valid, stamps }: Form): unknown {
  if (kind === 'order') return stamps
  return kind === 'time' ? text : valid
}

function asked({ kind, text, millis, stamps }: Form): unknown {
  switch (kind) {
    case 'id':
      return isId(text)
    case 'time':
      return timeText(millis)
    case 'short':
      return registerFault('status', text) === undefined
    case 'stamp': {
      const stamp = readStamp(text)
      return stamp !== undefined && stampText(stamp) === text
    }
    case 'order':
      return [...stamps].reverse().sort((left, right) => compareStamps(stampOf(left.at), stampOf(right.at)) || (left.replica < right.replica ? -1 : 1))
  }
}
