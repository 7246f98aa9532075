/**
 * Listens for the command line in the running app. Only programs of the same user can connect (a socket in a folder of
 * theirs), and only those that know the secret of this run, which is in a file of the profile, are answered.
 */
import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { parseJson } from '../../tickets/json.ts'
import type { Locale } from '../../tickets/locale.ts'
import { failWith, type CommandOutcome } from '../protocol/command-problem.ts'
import {
  createEndpoint,
  isSameProof,
  proofOf,
  publishEndpoint,
  randomNonce,
  removeEndpoint,
  startLockPath,
  type Endpoint
} from '../protocol/endpoint.ts'
import { readLines } from '../protocol/line-reader.ts'
import { callSchema, helloSchema, welcomeSchema, type Reply } from '../protocol/messages.ts'
import { maxRequestBytes, protocolVersion, requestSchema } from '../protocol/requests.ts'
import { execute, type CommandParts, type CommandValue } from './execute.ts'

/** Milliseconds for a complete request, and for a slow reader to take the answer. */
const maxIdleMs = 10_000
/** Connections at a time; a script that starts more is wrong. */
const maxConnections = 32
/** Bytes around a request in its line: the proof. */
const callOverhead = 1024

export interface CommandServerParts extends CommandParts {
  /** Folder of the profile. */
  readonly profile: string
  readonly platform: NodeJS.Platform
  readonly locale: () => Locale
  /** Called with an error that is not the caller's fault; `what` names where it occurred. */
  readonly report: (what: string, error: unknown) => void
}

export class CommandServer {
  readonly #parts: CommandServerParts
  readonly #sockets = new Set<Socket>()
  #listening: { readonly server: Server; readonly endpoint: Endpoint } | null = null
  #isClosing = false

  constructor(parts: CommandServerParts) {
    this.#parts = parts
  }

  /** Resolves when the command line can connect. Never rejects: without it the app works, and the reason is reported. */
  async listen(): Promise<void> {
    const { profile, platform, report } = this.#parts
    try {
      const endpoint = createEndpoint(profile, platform)
      const server = createServer((socket) => this.#serve(socket, endpoint))
      server.maxConnections = maxConnections
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(endpoint.address, resolve)
      })
      server.on('error', (error) => report('command line', error))
      this.#listening = { server, endpoint }
      if (platform !== 'win32') chmodSync(endpoint.address, 0o600)
      publishEndpoint(profile, endpoint)
      // The command that started the app may have been ended meanwhile.
      rmSync(startLockPath(profile), { force: true })
    } catch (error) {
      report('command line', error)
    }
  }

  /** From now on every request is told that the app is closing. */
  beginClosing(): void {
    this.#isClosing = true
  }

  /** Ends all connections and removes the endpoint. */
  close(): Promise<void> {
    this.#isClosing = true
    const listening = this.#listening
    this.#listening = null
    for (const socket of this.#sockets) socket.destroySoon()
    if (!listening) return Promise.resolve()
    return new Promise((resolve) => {
      listening.server.close(() => {
        removeEndpoint(this.#parts.profile, listening.endpoint)
        resolve()
      })
    })
  }

  #serve(socket: Socket, endpoint: Endpoint): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    // The other side ended, e.g. by Ctrl+C.
    socket.on('error', () => socket.destroy())
    const deadline = setTimeout(() => socket.destroy(), maxIdleMs)
    socket.on('close', () => clearTimeout(deadline))
    const nonces = { command: '', app: randomNonce() }
    let isAnswered = false
    const onLine = (line: string): void => {
      if (isAnswered) return
      if (nonces.command === '') {
        const hello = helloSchema.safeParse(parseJson(line))
        if (!hello.success) socket.destroy()
        else {
          nonces.command = hello.data.nonce
          socket.write(this.#welcome(endpoint, nonces))
        }
        return
      }
      isAnswered = true
      clearTimeout(deadline)
      const call = callSchema.safeParse(parseJson(line))
      const expected = proofOf('command', endpoint, nonces.command, nonces.app)
      if (!call.success || !isSameProof(call.data.proof, expected)) socket.destroy()
      else void this.#answer(socket, call.data.request)
    }
    readLines(socket, maxRequestBytes + callOverhead, onLine, () => {
      this.#reply(socket, failWith('text-too-long'))
    })
  }

  #welcome(endpoint: Endpoint, nonces: { readonly command: string; readonly app: string }): string {
    return `${JSON.stringify(
      welcomeSchema.parse({
        protocol: protocolVersion,
        version: this.#parts.version,
        nonce: nonces.app,
        proof: proofOf('app', endpoint, nonces.command, nonces.app)
      })
    )}\n`
  }

  async #answer(socket: Socket, request: unknown): Promise<void> {
    this.#reply(socket, await this.#execute(request))
  }

  async #execute(request: unknown): Promise<CommandOutcome<CommandValue>> {
    if (this.#isClosing) return failWith('closing')
    const parsed = requestSchema.safeParse(request)
    if (!parsed.success) return failWith('invalid-arguments', parsed.error.issues[0]?.path.join('.'))
    try {
      return await execute(parsed.data, this.#parts)
    } catch (error) {
      this.#parts.report(`command line ${parsed.data.command}`, error)
      return failWith('internal')
    }
  }

  #reply(socket: Socket, outcome: CommandOutcome<CommandValue>): void {
    const reply: Reply = { ...outcome, locale: this.#parts.locale() }
    const deadline = setTimeout(() => socket.destroy(), maxIdleMs)
    socket.on('close', () => clearTimeout(deadline))
    socket.end(`${JSON.stringify(reply)}\n`)
  }
}
