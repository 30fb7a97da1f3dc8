import type { LiveFrame, Place } from '@taskgrid/protocol'
import { CLOSE_CODES, PROTOCOL_VERSION, readFrame, SUBPROTOCOL } from '@taskgrid/protocol'
import type { LiveConnection, LiveHello } from '@taskgrid/replica'
import { reasonOf } from '@taskgrid/replica'

const OPEN_WITHIN = 10_000
const HEARTBEAT = 15_000
const BROKEN = 1006

/** Makes the socket; the platform's own, or a library's where there is none. */
export type WebSocketMaker = (address: string, subprotocol: string) => WebSocket

/** Answers a good access token as long as there is one (it never throws), so that the connection outlives the token that it began with. */
export type FreshToken = () => Promise<string | undefined>

/** A live connection over WebSocket, with a heartbeat of its own: a network that silently died is noticed. */
export class LiveSocket implements LiveConnection {
  private readonly socket: WebSocket
  private readonly frames: LiveFrame[] = []
  private readonly freshToken: FreshToken
  private readonly beat: ReturnType<typeof setInterval>
  private waiting: (() => void) | undefined
  private isAlive = true
  private token: string

  private constructor(socket: WebSocket, token: string, freshToken: FreshToken) {
    this.socket = socket
    this.token = token
    this.freshToken = freshToken
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      this.isAlive = true
      this.put(typeof data === 'string' ? readFrame(data) : { type: 'closed', code: CLOSE_CODES.badFrame })
    })
    socket.addEventListener('close', ({ code }) => this.put({ type: 'closed', code }))
    socket.addEventListener('error', () => this.put({ type: 'closed', code: BROKEN }))
    this.beat = setInterval(() => void this.heartbeat(), HEARTBEAT)
  }

  /** Connects and says hello [WS2]; undefined where that does not work. */
  static async open(
    make: WebSocketMaker, server: URL, hello: LiveHello, ticket: string, token: string, freshToken: FreshToken, signal: AbortSignal,
  ): Promise<LiveSocket | undefined> {
    const socket = make(addressOf(server), SUBPROTOCOL)
    const isOpen = await opened(socket, AbortSignal.any([signal, AbortSignal.timeout(OPEN_WITHIN)]))
    if (!isOpen) {
      socket.close()
      if (signal.aborted) throw reasonOf(signal)
      return undefined
    }
    const live = new LiveSocket(socket, token, freshToken)
    const { organization, replica, since, history } = hello
    live.send({ type: 'hello', ticket, org: organization, replica, since, ...(history === null ? {} : { history }), protocol: PROTOCOL_VERSION })
    return live
  }

  async next(signal: AbortSignal): Promise<LiveFrame> {
    for (;;) {
      const frame = this.frames.shift()
      if (frame !== undefined) return frame
      await this.more(signal)
    }
  }

  present(place: Place): void {
    this.send({ type: 'presence', ...place })
  }

  close(): void {
    clearInterval(this.beat)
    this.socket.close()
  }

  private more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const give = () => {
        this.waiting = undefined
        reject(reasonOf(signal))
      }
      if (signal.aborted) return give()
      signal.addEventListener('abort', give, { once: true })
      this.waiting = () => {
        signal.removeEventListener('abort', give)
        resolve()
      }
    })
  }

  private put(frame: LiveFrame): void {
    if (frame.type === 'closed') clearInterval(this.beat)
    this.frames.push(frame)
    const wake = this.waiting
    this.waiting = undefined
    wake?.()
  }

  private send(frame: object): void {
    if (this.socket.readyState === WEB_SOCKET_OPEN) this.socket.send(JSON.stringify(frame))
  }

  private async heartbeat(): Promise<void> {
    if (!this.isAlive) {
      this.put({ type: 'closed', code: BROKEN })
      this.close()
      return
    }
    this.isAlive = false
    this.send({ type: 'ping' })
    const token = await this.freshToken()
    if (token === undefined || token === this.token) return
    this.token = token
    this.send({ type: 'token', token })
  }
}

const WEB_SOCKET_OPEN = 1

function opened(socket: WebSocket, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isOpen: boolean) => () => {
      signal.removeEventListener('abort', give)
      resolve(isOpen)
    }
    const give = settle(false)
    if (signal.aborted) return give()
    signal.addEventListener('abort', give, { once: true })
    socket.addEventListener('open', settle(true), { once: true })
    socket.addEventListener('error', give, { once: true })
    socket.addEventListener('close', give, { once: true })
  })
}

function addressOf(server: URL): string {
  const address = new URL('/api/sync/live', server)
  address.protocol = server.protocol === 'https:' ? 'wss:' : 'ws:'
  return address.href
}
