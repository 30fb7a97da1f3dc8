import { followBrowser, soleLeadership, WakeSignal, webLocksLeadership } from '@taskgrid/replica'
import { describe, expect, test } from 'vitest'
import { FakeLocks } from '../../../../testing/fake-locks.js'

const NEVER = new AbortController().signal

describe.each([
  ['by Web Locks', () => {
    const locks = new FakeLocks()
    return [webLocksLeadership(locks, 'garden'), webLocksLeadership(locks, 'garden')] as const
  }],
  ['within a process', () => {
    const sole = soleLeadership()
    return [sole, sole] as const
  }],
])('leading %s', (_, make) => {
  test('one leads, the next one after it, and one that gives up is left out', async () => {
    const [one, two] = make()
    const order: string[] = []
    const first = await one.lead(NEVER)
    const giveUp = new AbortController()
    const gone = two.lead(giveUp.signal)
    const third = two.lead(NEVER).then((lead) => {
      order.push('third')
      return lead
    })
    giveUp.abort(new Error('closed'))
    await expect(gone).rejects.toThrow('closed')
    order.push('released')
    first.release()
    ;(await third).release()
    expect(order).toEqual(['released', 'third'])
    ;(await one.lead(NEVER)).release()
  })

  test('one that gave up before it asked never leads', async () => {
    const [one, two] = make()
    await expect(one.lead(AbortSignal.abort(new Error('closed')))).rejects.toThrow('closed')
    ;(await two.lead(NEVER)).release()
  })
})

test('a browser that is online again, or a page that is seen again, wakes the loop', async () => {
  const [page, hints] = [new FakePage(), new WakeSignal()]
  const stop = followBrowser(hints, page as unknown as Window)
  page.dispatchEvent(new Event('online'))
  await hints.wait(NEVER)
  page.document.visibilityState = 'hidden'
  page.document.dispatchEvent(new Event('visibilitychange'))
  const waiting = hints.wait(NEVER)
  page.document.visibilityState = 'visible'
  page.document.dispatchEvent(new Event('visibilitychange'))
  await waiting
  stop()
  page.dispatchEvent(new Event('online'))
  const giveUp = new AbortController()
  const asleep = hints.wait(giveUp.signal)
  giveUp.abort()
  await expect(asleep).rejects.toThrow()
})

class FakeDocument extends EventTarget {
  visibilityState = 'visible'
}

class FakePage extends EventTarget {
  readonly document = new FakeDocument()
}
