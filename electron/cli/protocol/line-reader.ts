import type { Socket } from 'node:net'

/**
 * Reads a connection line by line. `onLine` is called with each line. `onTooLong` is called instead, once, if a line
 * exceeds `maxBytes`; nothing is read afterwards.
 */
export function readLines(
  socket: Socket,
  maxBytes: number,
  onLine: (line: string) => void,
  onTooLong: () => void
): void {
  let parts: Buffer[] = []
  let length = 0
  const onData = (data: Buffer): void => {
    let rest = data
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      const line = Buffer.concat([...parts, rest.subarray(0, end)])
      if (line.length > maxBytes) break
      rest = rest.subarray(end + 1)
      parts = []
      length = 0
      onLine(line.toString('utf8'))
    }
    parts.push(rest)
    length += rest.length
    if (length <= maxBytes) return
    socket.off('data', onData)
    onTooLong()
  }
  socket.on('data', onData)
}
