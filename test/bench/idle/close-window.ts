/**
 * Asks a window of an X display to close, as a window manager does for its button (ICCCM, 4.2.8.1). The tests' display has no
 * window manager, and xdotool cannot ask. https://www.x.org/releases/current/doc/xproto/x11protocol.html
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const internAtom = 16
const sendEvent = 25
const clientMessage = 33
const replyBytes = 32
/** Little-endian, version 11.0, without authorization: the tests' displays accept everybody on this machine. */
const greeting = Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])

async function receive(socket: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    const found = socket.read(bytes) as Buffer | null
    if (found) return found
    if (socket.readableEnded) throw new Error('The display has ended the connection')
    await once(socket, 'readable')
  }
}

/** The number of a name. */
async function atomOf(socket: Socket, name: string): Promise<number> {
  const request = Buffer.alloc(8 + Math.ceil(name.length / 4) * 4)
  request.writeUInt8(internAtom, 0)
  request.writeUInt16LE(request.length / 4, 2)
  request.writeUInt16LE(name.length, 4)
  request.write(name, 8, 'latin1')
  socket.write(request)
  const reply = await receive(socket, replyBytes)
  if (reply.readUInt8(0) !== 1) throw new Error(`The display has refused ${name}`)
  return reply.readUInt32LE(8)
}

/** `display`: such as `:1`. Resolves when the display has sent the request on. */
export async function askToClose(display: string, window: number): Promise<void> {
  const socket = connect(`/tmp/.X11-unix/X${display.replace(/^:|\..*$/g, '')}`)
  try {
    socket.write(greeting)
    const answer = await receive(socket, 8)
    if (answer.readUInt8(0) !== 1) throw new Error('The display has refused the connection')
    await receive(socket, answer.readUInt16LE(6) * 4)
    const protocols = await atomOf(socket, 'WM_PROTOCOLS')
    const deletion = await atomOf(socket, 'WM_DELETE_WINDOW')
    const request = Buffer.alloc(44)
    request.writeUInt8(sendEvent, 0)
    request.writeUInt16LE(request.length / 4, 2)
    request.writeUInt32LE(window, 4)
    request.writeUInt8(clientMessage, 12)
    request.writeUInt8(32, 13)
    request.writeUInt32LE(window, 16)
    request.writeUInt32LE(protocols, 20)
    request.writeUInt32LE(deletion, 24)
    socket.write(request)
    // Requests are carried out in order.
    await atomOf(socket, 'WM_PROTOCOLS')
  } finally {
    socket.destroy()
  }
}
