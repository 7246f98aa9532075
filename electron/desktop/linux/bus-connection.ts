import { createConnection, type Socket } from 'node:net'
import {
  decodeMessage,
  encodeCall,
  encodeSignal,
  messageLength,
  type Call,
  type Incoming,
  type Signal
} from './dbus-message.ts'

/** At login everything is slow; where nobody answers at all, the app starts this much later. */
const answerTimeoutMs = 5000
/** After a long pause of this process an answer may lie there unread: it is read before the call counts as unanswered. */
const unreadAnswerMs = 50

/** No answer in time; whether the call was executed is unknown. */
export class NoAnswer extends Error {}

/** Rejects with `NoAnswer` when the promise takes too long. */
const withTimeout = <T>(promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const rejectNoAnswer = (): void => reject(new NoAnswer('The session bus does not answer'))
    const timer = setTimeout(() => setTimeout(rejectNoAnswer, unreadAnswerMs), answerTimeoutMs)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })

/** Authenticates as the socket's owner (SASL EXTERNAL); what follows is messages. */
function authenticate(socket: Socket): Promise<void> {
  const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
  return withTimeout(
    new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.once('connect', () => socket.write(`\0AUTH EXTERNAL ${uid}\r\n`))
      socket.once('data', (answer) => {
        if (!answer.toString('latin1').startsWith('OK')) {
          reject(new Error('The session bus refuses us'))
          return
        }
        socket.write('BEGIN\r\n')
        resolve()
      })
    })
  )
}

type IncomingSignal = Extract<Incoming, { kind: 'signal' }>

/** Messages over one socket: answers go to whose call they answer, signals to `onSignal`. */
export class BusConnection {
  readonly #socket: Socket
  readonly #onSignal: (signal: IncomingSignal) => void
  /** By serial. */
  readonly #unanswered = new Map<number, (answer: Incoming) => void>()
  #serial = 0
  #received = Buffer.alloc(0)

  private constructor(socket: Socket, onSignal: (signal: IncomingSignal) => void) {
    this.#socket = socket
    this.#onSignal = onSignal
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', () => socket.destroy())
    // The bus must not keep the app alive, nor a test.
    socket.unref()
  }

  /** Throws where nobody listens, or who listens refuses. */
  static async open(path: string, onSignal: (signal: IncomingSignal) => void): Promise<BusConnection> {
    const socket = createConnection(path)
    await authenticate(socket)
    return new BusConnection(socket, onSignal)
  }

  /** What the method answers; throws `NoAnswer` when nobody does in time. */
  call(call: Omit<Call, 'serial'>): Promise<readonly unknown[]> {
    return withTimeout(
      new Promise((resolve, reject) => {
        if (this.#socket.destroyed) {
          reject(new Error('The session bus is gone'))
          return
        }
        const serial = ++this.#serial
        this.#unanswered.set(serial, (answer) => {
          if (answer.kind === 'answer') resolve(answer.body)
          else reject(new Error(`Nobody answers ${call.member}`))
        })
        this.#socket.write(encodeCall({ ...call, serial }))
      })
    )
  }

  emit(signal: Omit<Signal, 'serial'>): void {
    if (this.#socket.destroyed) return
    this.#socket.write(encodeSignal({ ...signal, serial: ++this.#serial }))
  }

  close(): void {
    this.#socket.destroy()
  }

  /** A chunk may end in the middle of a message, or hold several. */
  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    for (;;) {
      const length = messageLength(this.#received)
      if (length === null || this.#received.length < length) return
      const message = this.#received.subarray(0, length)
      this.#received = this.#received.subarray(length)
      try {
        this.#dispatch(decodeMessage(message))
      } catch {
        // Ignores messages that cannot be decoded.
      }
    }
  }

  #dispatch(message: Incoming): void {
    if (message.kind === 'answer' || message.kind === 'error') {
      this.#unanswered.get(message.serial)?.(message)
      this.#unanswered.delete(message.serial)
    } else if (message.kind === 'signal') {
      this.#onSignal(message)
    }
  }
}
