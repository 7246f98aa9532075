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

/**
 * Maximum wait for an answer in milliseconds; long, because a system is slow at login. If no bus answers, the start is
 * delayed by this much.
 */
const answerTimeoutMs = 5000
/** Extra milliseconds after the timeout: if the process was suspended, an unread answer may be in the socket. */
const unreadAnswerMs = 50

/** No answer in time; whether the call was executed is unknown. */
export class NoAnswer extends Error {}

/** Rejects with `NoAnswer` if the promise takes longer than `answerTimeoutMs`. */
const withTimeout = <T>(promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const rejectNoAnswer = (): void => reject(new NoAnswer('The session bus does not answer'))
    const timer = setTimeout(() => setTimeout(rejectNoAnswer, unreadAnswerMs), answerTimeoutMs)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })

/** Authenticates as the current user (SASL EXTERNAL); afterwards the socket carries messages. */
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

/** A connection over one socket: answers resolve their calls, signals are passed to `onSignal`. */
export class BusConnection {
  readonly #socket: Socket
  readonly #onSignal: (signal: IncomingSignal) => void
  /** Pending calls by serial. */
  readonly #pending = new Map<number, (answer: Incoming) => void>()
  #serial = 0
  #received = Buffer.alloc(0)

  private constructor(socket: Socket, onSignal: (signal: IncomingSignal) => void) {
    this.#socket = socket
    this.#onSignal = onSignal
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', () => socket.destroy())
    // The socket must not keep the process running.
    socket.unref()
  }

  /** Rejects if nothing listens at the path or the bus refuses the connection. */
  static async open(path: string, onSignal: (signal: IncomingSignal) => void): Promise<BusConnection> {
    const socket = createConnection(path)
    await authenticate(socket)
    return new BusConnection(socket, onSignal)
  }

  /**
   * Calls a method. Rejects with `NoAnswer` without an answer in time, with another error if the answer is an error.
   */
  call(call: Omit<Call, 'serial'>): Promise<readonly unknown[]> {
    return withTimeout(
      new Promise((resolve, reject) => {
        if (this.#socket.destroyed) {
          reject(new Error('The session bus is gone'))
          return
        }
        const serial = ++this.#serial
        this.#pending.set(serial, (answer) => {
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

  /** A chunk may end in the middle of a message or contain several. */
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
      this.#pending.get(message.serial)?.(message)
      this.#pending.delete(message.serial)
    } else if (message.kind === 'signal') {
      this.#onSignal(message)
    }
  }
}
