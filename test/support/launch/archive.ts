/** A small zip archive with a fake Electron, which prints how it was started. */
import { crc32 } from 'node:zlib'
import { executableName } from '../../../build/electron-runtime/folder.ts'

interface Entry {
  readonly name: string
  readonly content: string
  readonly mode: number
}

/** Encodes a zip archive without compression. */
function zip(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, mode } of entries) {
    const path = Buffer.from(name)
    const data = Buffer.from(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, path, data])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 6)
    rest.writeUInt32LE(offset, 10)
    // Made on Unix, so that unpackers apply the mode.
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, rest, path]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end])
}

/**
 * A script that writes to its profile and prints `NAME runs ARGUMENTS`. `STAND_IN=stay`: runs until it gets a signal.
 * `STAND_IN=protest`: prints a line on a signal and continues after SIGINT. `STAND_IN=fail`: exits with code 3.
 */
export const fakeElectron = (name: string): string => `#!/bin/sh
if [ "$STAND_IN" = protest ]; then
  sleep 600 & sleeper=$!
  trap 'echo "Told to end" >&2; kill $sleeper; exit 1' HUP TERM
  trap 'echo "Interrupted"' INT
fi
echo "${name} runs $*"
echo "proxies: \${http_proxy:-none} \${https_proxy:-none}"
for argument; do
  case $argument in --user-data-dir=*) profile=\${argument#*=} ;; esac
done
[ -z "$profile" ] || { mkdir -p "$profile/Cache" && echo written > "$profile/Cache/file" && echo "profile $profile"; }
[ "$STAND_IN" != fail ] || exit 3
[ "$STAND_IN" != stay ] || exec sleep 600
[ "$STAND_IN" != protest ] || while kill -0 $sleeper; do wait; done
`

export const electronArchive = (version: string): Buffer =>
  zip([
    { name: 'version', content: version, mode: 0o644 },
    { name: executableName, content: fakeElectron('Official'), mode: 0o755 },
    // Large enough for several network chunks, so that tests can interrupt the download.
    { name: 'resources.pak', content: 'x'.repeat(400_000), mode: 0o644 }
  ])
