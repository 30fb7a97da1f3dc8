import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PROGRAM = join(ROOT, 'services/TaskGrid.AllInOne/bin/Release/net10.0/TaskGrid.AllInOne.dll')
const READY_WITHIN = 90_000

/** The server as people run it: the built AllInOne in a process of its own, on a PostgreSQL of its own. Both end with the test. */
export class AllInOne {
  readonly url: string
  private readonly folder: string
  private readonly held: ChildProcess[] = []

  private constructor(url: string, folder: string) {
    this.url = url
    this.folder = folder
  }

  /** Starts both on ports that are free; returns when the server takes requests. */
  static async start(): Promise<AllInOne> {
    if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not there: dotnet build services/TaskGrid.AllInOne -c Release`)
    const folder = await mkdtemp(join(tmpdir(), 'tg-ts-'))
    // PostgreSQL may run as a user of its own, who must get in.
    await chmod(folder, 0o711)
    const started = new AllInOne(`http://127.0.0.1:${await freePort()}`, folder)
    try {
      await started.ready(await started.startServer(await started.startPostgres()))
      return started
    } catch (error) {
      await started.stop()
      throw error
    }
  }

  /** Ends both, the last one started first. */
  async stop(): Promise<void> {
    for (const child of this.held.splice(0).reverse()) {
      if (child.stdin === null) child.kill('SIGTERM')
      child.stdin?.end()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
    await rm(this.folder, { recursive: true, force: true })
  }

  private async startPostgres(): Promise<number> {
    const postgres = this.hold(script('supervise', ['postgres', join(this.folder, 'postgres')]))
    postgres.stdin?.write('start\n')
    const answer = await firstLine(postgres)
    const port = /^ok (\d+)$/.exec(answer)?.[1]
    if (port === undefined) throw new Error(`PostgreSQL: ${answer}`)
    return Number(port)
  }

  private async startServer(postgresPort: number): Promise<ChildProcess> {
    const signingKey = join(this.folder, 'signing-key')
    await writeFile(signingKey, randomBytes(64).toString('base64'))
    const env = {
      ...process.env, ASPNETCORE_URLS: this.url, TaskGrid__SigningKeyFile: signingKey, TaskGrid__Bus: 'inmemory', TaskGrid__Clustering: 'localhost',
      TaskGrid__Database: `Host=127.0.0.1;Port=${postgresPort};Username=postgres;Database=postgres`,
      TaskGrid__SiloPort: String(await freePort()), TaskGrid__GatewayPort: String(await freePort()),
    }
    // Kills the server should this process die without a word.
    const leash = this.hold(script('leash', []))
    const server = this.hold(spawn('setsid', ['dotnet', PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'], env }))
    leash.stdin?.write(`${server.pid ?? ''}\n`)
    await firstLine(leash)
    return server
  }

  private hold(child: ChildProcess): ChildProcess {
    this.held.push(child)
    return child
  }

  private async ready(server: ChildProcess): Promise<void> {
    const output: string[] = []
    server.stdout?.on('data', (text: Buffer) => output.push(text.toString()))
    for (const end = Date.now() + READY_WITHIN; Date.now() < end && server.exitCode === null; ) {
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined)
      if (answer?.ok === true) return
      await once(server.stdout ?? server, 'data', { signal: AbortSignal.timeout(200) }).catch(() => undefined)
    }
    throw new Error(`the server did not become ready:\n${output.join('')}`)
  }
}

/** A script of tests/TaskGrid.TestKit that cleans up when our end of its pipe closes. */
function script(name: string, args: readonly string[]): ChildProcess {
  return spawn('setsid', ['bash', join(ROOT, 'tests/TaskGrid.TestKit', name), ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) return ''
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([once(lines, 'line'), once(lines, 'close')])) as [string?]
  return line ?? 'it ended'
}

/** A port that nobody uses, below the kernel's range for outgoing connections: one from within it may be taken before the server starts. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const probe = createServer().listen(port, '127.0.0.1')
    const isFree = await Promise.race([once(probe, 'listening').then(() => true), once(probe, 'error').then(() => false)])
    probe.close()
    if (isFree) return port
  }
}
