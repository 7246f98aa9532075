/**
 * Requests an activation token from the compositor, as a notification server does on a click. Implements only the needed part
 * of Wayland's wire format: https://wayland.freedesktop.org/docs/html/ch04.html
 */
import { createConnection } from 'node:net'

const interfaceName = 'xdg_activation_v1'
/** Object ids, chosen by the client; 1 is the display. */
const [registry, activation, token] = [2, 3, 4]

function message(object: number, opcode: number, ...words: readonly (number | string)[]): Buffer {
  const parts = words.map((word) => {
    if (typeof word === 'string') {
      const text = Buffer.from(`${word}\0`)
      const part = Buffer.alloc(4 + Math.ceil(text.length / 4) * 4)
      part.writeUInt32LE(text.length)
      text.copy(part, 4)
      return part
    }
    const part = Buffer.alloc(4)
    part.writeUInt32LE(word)
    return part
  })
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32LE(object)
  head.writeUInt32LE(((8 + body.length) << 16) | opcode, 4)
  return Buffer.concat([head, body])
}

const textAt = (body: Buffer, at: number): string =>
  body.toString('utf8', at + 4, at + 3 + body.readUInt32LE(at))

/** The token is valid until `close`. Rejects if the compositor closes the connection. */
export async function requestActivationToken(
  socketPath: string
): Promise<{ readonly token: string; readonly close: () => void }> {
  const socket = createConnection(socketPath)
  const value = await new Promise<string>((resolve, reject) => {
    let received = Buffer.alloc(0)
    const take = (object: number, opcode: number, body: Buffer): void => {
      if (object === registry && opcode === 0 && textAt(body, 4) === interfaceName) {
        const name = body.readUInt32LE()
        socket.write(message(registry, 0, name, interfaceName, 1, activation))
        socket.write(message(activation, 1, token))
        // Without a serial of an input event, since there is none.
        socket.write(message(token, 3))
      } else if (object === token) resolve(textAt(body, 0))
    }
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      while (received.length >= 8) {
        const second = received.readUInt32LE(4)
        const length = second >>> 16
        if (received.length < length) return
        take(received.readUInt32LE(), second & 0xffff, received.subarray(8, length))
        received = received.subarray(length)
      }
    })
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('The compositor gave no token')))
    socket.write(message(1, 1, registry))
  })
  return { token: value, close: () => socket.destroy() }
}
