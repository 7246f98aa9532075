/**
 * Where the running app listens for the command line: a file in the profile with the address and a secret of this run.
 * Only the profile's user can read it, and whoever knows the secret proves it without sending it.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { parseJson } from '../../tickets/json.ts'

const endpointSchema = z.strictObject({
  /** Path of the Unix socket, or name of the Windows pipe. */
  address: z.string().min(1).max(1000),
  /** Hexadecimal. */
  secret: z.string().regex(/^[0-9a-f]{64}$/)
})
export type Endpoint = z.infer<typeof endpointSchema>

export const endpointFolder = (profile: string): string => join(profile, 'command-line')
/** Names the command that is starting the app, or the app until it listens. */
export const startLockPath = (profile: string): string => join(profile, 'command-start.lock')
const endpointFile = (profile: string): string => join(endpointFolder(profile), 'endpoint.json')

/** Bytes; longer paths of sockets are cut or refused by the system (108 on Linux, 104 on macOS, with the final NUL). */
const maxSocketPath = 103

/** Creates the folder and chooses an address in it, or in a new temporary folder if its path is too long for a socket. */
export function createEndpoint(profile: string, platform: NodeJS.Platform): Endpoint {
  const folder = endpointFolder(profile)
  // What a crashed run left behind; this run holds the profile's lock.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // The umask may have taken bits that the owner needs.
  chmodSync(folder, 0o700)
  const secret = randomBytes(32).toString('hex')
  if (platform === 'win32')
    return { address: `\\\\.\\pipe\\bilet-${randomBytes(16).toString('hex')}`, secret }
  const path = join(folder, 'socket')
  if (Buffer.byteLength(path) <= maxSocketPath) return { address: path, secret }
  return { address: join(mkdtempSync(join(tmpdir(), 'bilet-')), 'socket'), secret }
}

/** Call it once the socket listens: whoever reads the file connects at once. */
export function publishEndpoint(profile: string, endpoint: Endpoint): void {
  const file = endpointFile(profile)
  const unfinished = `${file}.new`
  writeFileSync(unfinished, JSON.stringify(endpoint), { mode: 0o600, flag: 'wx' })
  renameSync(unfinished, file)
}

export function removeEndpoint(profile: string, { address }: Endpoint): void {
  const folder = endpointFolder(profile)
  rmSync(folder, { recursive: true, force: true })
  const socketFolder = dirname(address)
  if (socketFolder !== folder && socketFolder.startsWith(tmpdir()))
    rmSync(socketFolder, { recursive: true, force: true })
}

type FoundEndpoint =
  | { readonly kind: 'found'; readonly endpoint: Endpoint }
  | { readonly kind: 'none' }
  /** It belongs to another user, or others may read it. */
  | { readonly kind: 'not-permitted' }

/** Whether only this user can read or replace the path. Windows protects the profile by its access lists. */
function isPrivate(path: string): boolean {
  const { uid, mode } = lstatSync(path)
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0)
}

export function findEndpoint(profile: string): FoundEndpoint {
  const file = endpointFile(profile)
  try {
    if (!isPrivate(endpointFolder(profile)) || !isPrivate(file)) return { kind: 'not-permitted' }
    const parsed = endpointSchema.safeParse(parseJson(readFileSync(file, 'utf8')))
    return parsed.success ? { kind: 'found', endpoint: parsed.data } : { kind: 'none' }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    return { kind: code === 'EACCES' || code === 'EPERM' ? 'not-permitted' : 'none' }
  }
}

type Side = 'app' | 'command'

export const randomNonce = (): string => randomBytes(32).toString('hex')

/** Proves that this side knows the secret; both nonces make it worthless for any other connection. */
export const proofOf = (side: Side, { secret }: Endpoint, commandNonce: string, appNonce: string): string =>
  createHmac('sha256', secret).update(`${side} ${commandNonce} ${appNonce}`).digest('hex')

export const isSameProof = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
