import { LinkifyIt } from 'linkify-it'
import tlds from 'tlds' with { type: 'json' }
import { isIpAddress } from '../fields.ts'
import { parseUrl, plainMailto } from './url.ts'
import type { Segment } from './message-parts.ts'

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false }).tlds([...tlds])
/**
 * Top-level domains that are also endings of file, unit and setting names: `README.md`, `install.sh`, `eth0.network`,
 * `user.email`. Without a scheme such a name is not a link, since anybody may have registered the domain.
 */
const fileEndings = new Set(
  (
    'ac am app as bz cab cc cf cfd dot email gd gs in la link lock map md mk ml mm mov ms name network new pg pl pm ps ' +
    'pub py rs run save sc sh so st target tf tm vi ws zip'
  ).split(' ')
)
const ipPattern =
  /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w:]|\.\d)/gi

/** What every link has; asked first, since linkify tries each position of a text and takes a fifth of a millisecond. */
const mayHaveLink = /@|\/\/|\.\p{L}/u

/** Longer text is shown without links: finding them would block the window. */
const maxLinkifiedLength = 200_000

/** `url`: as linkify completes a name without a scheme. */
function isFileName(url: string): boolean {
  const host = /^http:\/\/([^/?#:]+)/i.exec(url)?.[1]?.toLowerCase() ?? ''
  return !host.startsWith('www.') && fileEndings.has(host.slice(host.lastIndexOf('.') + 1))
}

/** The target of a link; null unless it is http, https or mailto. International domain names become `xn--`. */
function linkSegment(schema: string, url: string): Segment | null {
  if (schema === '' && isFileName(url)) return null
  // linkify completes addresses without a scheme with http; https is the better default.
  const whole = schema === '' && /^http:/i.test(url) ? url.replace(/^http:/i, 'https:') : url
  const parsed = parseUrl(whole)
  if (!parsed) return null
  const { protocol, href, username, password } = parsed
  if (protocol === 'mailto:') return { kind: 'mail', text: '', href: plainMailto(parsed) }
  // `https://bank.example@other.example` opens another site than it seems to.
  if (username !== '' || password !== '') return null
  return protocol === 'https:' || protocol === 'http:' ? { kind: 'link', text: '', href } : null
}

const linksIn = (text: string): ReturnType<LinkifyIt['match']> =>
  text.length <= maxLinkifiedLength && mayHaveLink.test(text) ? linkify.match(text) : null

/** Splits a message into text, links, mail addresses and IP addresses; joined, their texts are the message. */
export function segments(text: string): readonly Segment[] {
  const found: Segment[] = []
  let at = 0
  for (const match of linksIn(text) ?? []) {
    const link = linkSegment(match.schema, match.url)
    if (!link) continue
    addIpAddresses(text.slice(at, match.index), found)
    found.push({ ...link, text: text.slice(match.index, match.lastIndex) })
    at = match.lastIndex
  }
  addIpAddresses(text.slice(at), found)
  return found
}

function addIpAddresses(text: string, into: Segment[]): void {
  let at = 0
  for (const match of text.matchAll(ipPattern)) {
    if (!isIpAddress(match[0]) || match[0] === '::') continue
    if (match.index > at) into.push({ kind: 'text', text: text.slice(at, match.index) })
    into.push({ kind: 'ip', text: match[0] })
    at = match.index + match[0].length
  }
  if (at < text.length) into.push({ kind: 'text', text: text.slice(at) })
}
