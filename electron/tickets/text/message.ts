import { isIpAddress } from '../fields.ts'
import { hideSecrets } from './secrets.ts'
import { cutAt } from './text.ts'
import type { Speaker } from '../ticket.ts'
import { fold, foldWithMap } from './turkish.ts'

export interface MessageParts {
  /** The text without footer and signature, trimmed. */
  readonly body: string
  /** Closing line and signature of the staff, without the lines of dashes before them. */
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

/** Removes the footer at the end: a line of dashes and «IP Adresiniz: 127.0.0.1». */
function takeFooter(lines: readonly string[]): {
  readonly rest: readonly string[]
  readonly ip: string | null
} {
  const last = lastNonEmpty(lines)
  const ip = /^\s*IP Adresiniz\s*:\s*(\S{2,45})\s*$/i.exec(lines[last] ?? '')?.[1] ?? ''
  const rule = isIpAddress(ip) ? lastNonEmpty(lines, last) : -1
  return isRule(lines[rule]) ? { rest: lines.slice(0, rule), ip } : { rest: lines, ip: null }
}

/** `Netinternet - Teknik Birim`. No digits or colons, which occur in access data. */
const unitLine = /^netinternet(?:\s*[-–—|]\s*[\p{L}\p{M} &/.-]{2,50})?$/iu
/** `Ayşe Öztürk`, above or below the line of the unit. */
const nameLine = /^\p{Lu}[\p{L}\p{M}.'’-]*(?: \p{Lu}[\p{L}\p{M}.'’-]*){1,3}$/u
/** Closing phrases such as `Bilginize sunar, iyi çalışmalar dileriz.`, folded. */
const closingLine =
  /^(?:bilgi(?:niz|leriniz)e(?: sunar(?:iz)?)?[,.]?)?\s*(?:(?:iyi|basarili|hayirli) (?:calismalar|gunler|aksamlar|geceler|haftalar|hafta sonlari|bayramlar)(?: dileriz| dilerim)?|saygilar(?:im(?:iz)?la)?|kolay gelsin|tesekkur(?:ler| ederiz| ederim)|(?:best |kind )?regards)?[,.!]?$/
const maxClosingLines = 2

const nonEmpty = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.trim()).filter(Boolean)

function isSigner(lines: readonly string[]): boolean {
  const others = lines.filter((line) => !unitLine.test(line))
  return (
    lines.length - others.length === 1 && others.length <= 1 && others.every((line) => nameLine.test(line))
  )
}

/**
 * Removes the signature of a staff reply: a line of dashes and closing phrases (both optional), `______`, name and unit.
 * Strict, since lines of dashes or underscores also occur in pasted output and above questions or access data.
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
    rule >= 0 && closing.length <= maxClosingLines && closing.every((line) => closingLine.test(fold(line)))
  const rest = withClosing ? before.slice(0, rule) : before
  // If nothing else remains, the closing phrase is the answer.
  if (textOf(rest) === '') return { rest: lines, signature: null }
  return { rest, signature: [...(withClosing ? closing : []), ...signer].join('\n') }
}

/** Whether there may be a footer or a signature; most answers of a list have neither. */
const mayHaveParts = /IP Adresiniz|_{4}/i

/**
 * Splits a message into body, the footer «IP Adresiniz: …» that the system adds to the customer's text, and the signature of
 * the staff. Text that is not recognized stays in the body.
 */
export function splitMessage(raw: string, author: Speaker): MessageParts {
  if (!mayHaveParts.test(raw)) return { body: raw.trim(), signature: null, ip: null }
  const { rest, ip } = takeFooter(raw.split('\n'))
  const signed = author === 'staff' ? takeSignature(rest) : { rest, signature: null }
  return { body: textOf(signed.rest), signature: signed.signature, ip }
}

const greetingWords =
  '(?:merhaba(?:lar)?|selam(?:lar)?|iyi (?:gunler|aksamlar|calismalar|geceler)|gunaydin|hello|hi)'
/** A line that is only a greeting: `Merhaba,` `Merhaba Ahmet Bey,` `Sayın Yetkili,` `İyi günler dilerim.` */
const greetingLine = new RegExp(
  `^(?:${greetingWords}(?: dilerim)?[.!,:;]*|${greetingWords}(?: [^\\s.!?,:;]+){1,3}[,!]|(?:sayin|dear|sn\\.?)(?: [^\\s!?,:;]+){1,4}[,!:]?)$`
)
/** A greeting before the first sentence on the same line. */
const greetingStart = new RegExp(`^${greetingWords}(?:[,!.]|(?: [^\\s.!?,:;]+){1,2},)\\s+(?=\\S)`)
/** `24 Kasım 2026 10:30 tarihinde Ayşe Öztürk yazdı:` before quoted lines. */
const quoteHeader = /\b(?:yazdi|wrote)\s*:$/

function withoutQuotes(body: string): readonly string[] {
  const lines = body.split('\n')
  if (!body.includes('>')) return lines
  return lines.filter((line, i) => {
    if (line.trimStart().startsWith('>')) return false
    const next = lines.slice(i + 1, i + 3).find((one) => one.trim() !== '')
    return !(next?.trimStart().startsWith('>') && quoteHeader.test(fold(line.trim())))
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

/** A line of dashes, a frame or dots, without words. */
const separatorLine = /^[\s\-_=*#~+.|:`\u2500-\u257f\u2010-\u2015\u2022]*$/

/**
 * The first meaningful words on one line: without greeting, quotes, separator lines, footer and signature, and with
 * passwords hidden. At most `max` characters.
 */
export function excerpt(raw: string, author: Speaker, max = 140): string {
  const { body } = splitMessage(raw, author)
  // Passwords are hidden, since other people may see lists and notifications.
  const head = hideSecrets(body.slice(0, 20_000))
  const unquoted = withoutQuotes(head).filter((line) => !separatorLine.test(line))
  const text = withoutGreeting(unquoted) || textOf(unquoted) || head
  return cutAt(
    text
      .slice(0, 20 * max)
      .replace(/\s{2,}|[^\S ]/g, ' ')
      .trim(),
    max
  )
}

/** Subject of a ticket without a known title: the first words of the customer's message. */
export const subjectFrom = (raw: string): string => excerpt(raw, 'customer', 80)
