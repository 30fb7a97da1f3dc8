import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiClient } from '@taskgrid/transport'
import { afterEach, describe, expect, test } from 'vitest'

const NEVER = new AbortController().signal
const open: (() => void)[] = []

afterEach(() => {
  for (const close of open.splice(0)) close()
})

describe('requests', () => {
  const user = { id: '0199a6a0-7c1e-7d3f-9a55-0c1c5d1f0a01', name: 'Ana', email: 'ana@example.com' }
  const me = { user, organizations: [] }

  test('an answer is read', async () => {
    const api = new ApiClient(await serve((_, response) => json(response, 200, me)))
    expect(await api.me('token', NEVER)).toEqual({ kind: 'answered', value: me })
  })

  test('[HT2] the token goes into its header, and a browser says that it is one', async () => {
    const asked: IncomingMessage[] = []
    const url = await serve((request, response) => {
      asked.push(request)
      json(response, 200, me)
    })
    await new ApiClient(url).me('one', NEVER)
    await new ApiClient(url, { kind: 'browser' }).me('two', NEVER)
    expect(asked.map(({ headers }) => [headers.authorization, headers['x-taskgrid-client']])).toEqual([['Bearer one', undefined], ['Bearer two', 'browser']])
  })

  test('[ER1] a problem is a refusal with its code, and with when to come back', async () => {
    const api = new ApiClient(await serve((_, response) => json(response.setHeader('Retry-After', '7'), 429, { code: 'rate_limited', title: 'Slow down.' })))
    expect(await api.me('token', NEVER)).toEqual({ kind: 'refused', problem: { status: 429, code: 'rate_limited', title: 'Slow down.' }, retryAfter: 7000 })
  })

  test.each([
    ['[ER2] a status without a code', 502, '<html>Bad gateway</html>', 'unreachable'],
    ['[ER2] what is not JSON', 200, '<html>Welcome to the hotel</html>', 'unreachable'],
    ['[ER2] an answer that ends early', 200, '{"user":', 'unreachable'],
    ['[PL10] JSON that is not known', 200, '{"user":{"id":7}}', 'not-understood'],
  ])('%s is no answer', async (_, status, body, kind) => {
    const api = new ApiClient(await serve((_request, response) => response.writeHead(status).end(body)))
    expect(await api.me('token', NEVER)).toMatchObject({ kind })
  })

  test('[ER2] a server that is not there is unreachable', async () => {
    expect(await new ApiClient('http://127.0.0.1:1').me('token', NEVER)).toMatchObject({ kind: 'unreachable' })
  })

  test('a caller that gives up gets its own reason, also before it began', async () => {
    const api = new ApiClient(await serve(() => undefined))
    const giveUp = new AbortController()
    const asking = api.me('token', giveUp.signal)
    giveUp.abort(new Error('enough'))
    await expect(asking).rejects.toThrow('enough')
    await expect(api.me('token', giveUp.signal)).rejects.toThrow('enough')
  })
})

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}
