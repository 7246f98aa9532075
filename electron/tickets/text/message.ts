import { isIpAddress } from '../fields.ts'
import { cutAt } from './text.ts'
import type { Speaker } from '../ticket.ts'
import { fold, foldWithMap } from './turkish.ts'

export interface MessageParts {
  /** Without footer and signature, trimmed. */
  readonly body: string
  /** The staff's closing words and signature, without the rules before them. */
  readonly signature: string | null
  readonly ip: string | null
}

const isRule = (line: string | undefined): boolean => line !== undefined && /^-{5,}\s*$/.test(line)
const isSignatureRule = (line: string | undefined): boolean => line !== undefined && /^_{4,}\s*$/.test(line)

const textOf = (lines: readonly string[]): string => lines.join('\n').trim()

function lastNonEmpty(lines: readonly string[], before = lines.length): number {
  let at = before - 1
  while (at >= 0 && lines[at]?.trim() === '') at--
  return at
}

/** The footer that the system adds at the very end: a rule and «IP Adresiniz: 127.0.0.1». */
function takeFooter(lines: readonly string[]): {
  readonly rest: readonly string[]
  readonly ip: string | null
} {
  const last = lastNonEmpty(lines)
  const ip = /^\s*IP Adresiniz\s*:\s*(\S{2,45})\s*$/i.exec(lines[last] ?? '')?.[1] ?? ''
  const rule = isIpAddress(ip) ? lastNonEmpty(lines, last) : -1
  return isRule(lines[rule]) ? { rest: lines.slice(0, rule), ip } : { rest: lines, ip: null }
}

/** `Netinternet - Teknik Birim`; a unit has no figures and no values in it, as access data has. */
const unitLine = /^netinternet(?:\s*[-–—|]\s*[\p{L}\p{M} &/.-]{2,50})?$/iu
/** `Ayşe Öztürk`, above or below the unit. */
const nameLine = /^\p{Lu}[\p{L}\p{M}.'’-]*(?: \p{Lu}[\p{L}\p{M}.'’-]*){1,3}$/u
/** `Bilginize sunar, iyi çalışmalar dileriz.`, folded: nothing that one has to read. */
const closingLine =
  /^(?:bilgi(?:niz|leriniz)e(?: sunar(?:iz)?)?[,.]?)?\s*(?:(?:iyi|basarili|hayirli) (?:calismalar|gunler|aksamlar|geceler|haftalar|hafta sonlari|bayramlar)(?: dileriz| dilerim)?|saygilar(?:im(?:iz)?la)?|kolay gelsin|tesekkur(?:ler| ederiz| ederim)|(?:best |kind )?regards)?[,.!]?$/
const mostClosingLines = 2

const nonEmpty = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.trim()).filter(Boolean)

function isSigner(lines: readonly string[]): boolean {
  const others = lines.filter((line) => !unitLine.test(line))
  return (
    lines.length - others.length === 1 && others.length <= 1 && others.every((line) => nameLine.test(line))
  )
}

/**
 * The end of the staff's replies: a rule and closing words (both may be missing), `______`, and who signs. Only as it is
 * known; a line of dashes or underscores also stands in pasted output, and above a question or access data.
 */
function takeSignature(lines: readonly string[]): {
  readonly rest: readonly string[]
  readonly signature: string | null
} {
  const sign = lines.findLastIndex(isSignatureRule)
  const signer = nonEmpty(lines.slice(sign + 1))
  if (sign < 0 || !isSigner(signer)) return { rest: lines, signature: null }
  const before = lines.slice(0, sign)
  const rule = before.findLastIndex(isRule)
  const closing = nonEmpty(before.slice(rule + 1))
  const withClosing =
    rule >= 0 && closing.length <= mostClosingLines && closing.every((line) => closingLine.test(fold(line)))
  const rest = withClosing ? before.slice(0, rule) : before
  // Closing words and nothing else are the answer.
  if (textOf(rest) === '') return { rest: lines, signature: null }
  return { rest, signature: [...(withClosing ? closing : []), ...signer].join('\n') }
}

/**
 * Takes a message apart: the footer «IP Adresiniz: …» that the system adds to the customer's text, and the
 * closing words and signature after the rules of the staff's. What looks otherwise stays in the body.
 */
export function splitMessage(raw: string, author: Speaker): MessageParts {
  const { rest, ip } = takeFooter(raw.split('\n'))
  const signed = author === 'staff' ? takeSignature(rest) : { rest, signature: null }
  return { body: textOf(signed.rest), signature: signed.signature, ip }
}

const hail = '(?:merhaba(?:lar)?|selam(?:lar)?|iyi (?:gunler|aksamlar|calismalar|geceler)|gunaydin|hello|hi)'
/** A whole line that only greets: `Merhaba,` `Merhaba Ahmet Bey,` `Sayın Yetkili,` `İyi günler dilerim.` */
const greetingLine = new RegExp(
  `^(?:${hail}(?: dilerim)?[.!,:;]*|${hail}(?: [^\\s.!?,:;]+){1,3}[,!]|(?:sayin|dear|sn\\.?)(?: [^\\s!?,:;]+){1,4}[,!:]?)$`
)
/** A greeting before the first sentence on the same line. */
const greetingStart = new RegExp(`^${hail}(?:[,!.]|(?: [^\\s.!?,:;]+){1,2},)\\s+(?=\\S)`)
/** `24 Kasım 2026 10:30 tarihinde Ayşe Öztürk yazdı:` before quoted lines. */
const quoteLead = /\b(?:yazdi|wrote)\s*:$/

function withoutQuotes(body: string): readonly string[] {
  const lines = body.split('\n')
  if (!body.includes('>')) return lines
  return lines.filter((line, i) => {
    if (line.trimStart().startsWith('>')) return false
    const next = lines.slice(i + 1, i + 3).find((one) => one.trim() !== '')
    return !(next?.trimStart().startsWith('>') && quoteLead.test(fold(line.trim())))
  })
}

function withoutGreeting(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== '')
  const line = (lines[first] ?? '').trim()
  if (line.length > 300 || !/^[MSİIGHDmsiıghd]/.test(line)) return textOf(lines)
  const rest = lines.slice(first + 1)
  const folded = fold(line)
  if (greetingLine.test(folded)) return textOf(rest)
  const start = greetingStart.exec(folded)?.[0].length ?? 0
  return textOf(start === 0 ? lines : [line.slice(foldWithMap(line).origin[start]), ...rest])
}

/** A rule, a frame, a row of dots: nothing that could be read out. */
const saysNothing = /^[\s\-_=*#~+.|:`\u2500-\u257f\u2010-\u2015\u2022]*$/

/**
 * The first words that say something, on one line: no greeting, quoted lines, rules, footer or signature. At most `max`
 * characters.
 */
export function excerpt(raw: string, author: Speaker, max = 140): string {
  const { body } = splitMessage(raw, author)
  const head = body.slice(0, 20_000)
  const unquoted = withoutQuotes(head).filter((line) => !saysNothing.test(line))
  const text = withoutGreeting(unquoted) || textOf(unquoted) || head
  return cutAt(
    text
      .slice(0, 20 * max)
      .replace(/\s{2,}|[^\S ]/g, ' ')
      .trim(),
    max
  )
}

/** Where no title is known: the first words of the customer's message. */
export const subjectFrom = (raw: string): string => excerpt(raw, 'customer', 80)
