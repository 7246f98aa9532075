/** One request to the running app. */
import { connect, type Socket } from 'node:net'
import type { z } from 'zod'
import { parseJson } from '../../tickets/json.ts'
import { failWith, type CommandOutcome, type Failure } from '../protocol/command-problem.ts'
import { isSameProof, proofOf, randomNonce, type Endpoint } from '../protocol/endpoint.ts'
import { readLines } from '../protocol/line-reader.ts'
import { replySchema, welcomeSchema, type Reply } from '../protocol/messages.ts'
import { protocolVersion, type Request } from '../protocol/requests.ts'

/** Bytes of one answer: far more than the largest list. */
const maxReplyBytes = 512 * 1024 * 1024

/** `absent`: nothing listens at the address, e.g. because the app crashed. */
export type CallResult = Reply | 'absent' | Failure

/** `timeoutMs`: for the whole call. */
export function callApp(endpoint: Endpoint, request: Request, timeoutMs: number): Promise<CallResult> {
  return new Promise((resolve) => {
    const socket = connect(endpoint.address)
    const finish = (result: CallResult): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(result)
    }
    const timer = setTimeout(() => finish(failWith('no-answer')), timeoutMs)
    let isConnected = false
    socket.once('connect', () => {
      isConnected = true
    })
    // A connection that ends without an answer: the app quit, or ended after a crash.
    const onEnd = (): void => finish(isConnected ? failWith('closing') : 'absent')
    socket.once('error', onEnd)
    socket.once('close', onEnd)
    converse(socket, endpoint, request, finish)
  })
}

function converse(
  socket: Socket,
  endpoint: Endpoint,
  request: Request,
  finish: (result: CallResult) => void
): void {
  const nonce = randomNonce()
  let isWelcome = false
  const onLine = (line: string): void => {
    if (isWelcome) {
      finish(parsed(replySchema, line) ?? failWith('untrusted-app'))
      return
    }
    isWelcome = true
    const welcome = parsed(welcomeSchema, line)
    if (!welcome || !isSameProof(welcome.proof, proofOf('app', endpoint, nonce, welcome.nonce)))
      finish(failWith('untrusted-app'))
    else if (welcome.protocol !== protocolVersion) finish(failWith('other-version', welcome.version))
    else {
      const proof = proofOf('command', endpoint, nonce, welcome.nonce)
      socket.write(`${JSON.stringify({ proof, request })}\n`)
    }
  }
  readLines(socket, maxReplyBytes, onLine, () => finish(failWith('untrusted-app')))
  socket.write(`${JSON.stringify({ protocol: protocolVersion, nonce })}\n`)
}

const parsed = <T>(schema: z.ZodType<T>, line: string): T | null => {
  const result = schema.safeParse(parseJson(line))
  return result.success ? result.data : null
}

/** The value of a reply, if it has the expected shape. */
export function valueOf<T>(schema: z.ZodType<T>, reply: Reply): CommandOutcome<T> {
  if (!reply.ok) return { ok: false, error: reply.error }
  const result = schema.safeParse(reply.value)
  return result.success ? { ok: true, value: result.data } : failWith('internal')
}
