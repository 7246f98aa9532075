/** Invisible characters in copied text, and line breaks from terminals or mails. */
const invisibleCharacters = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu
const quotedPattern = /^(["'`“”‘’«„])(.*)["'`“”‘’»]$/s

/** What surrounds a value that was copied from a document or from code. */
const wrapping = /^(?:<([^<>]+)>|\[([^[\]]+)\]|\(([^()]+)\)|\{([^{}]*:[^{}]*)\})$/

function unwrapped(text: string): string {
  const bare = text.replace(/[;,]+$/, '').trim()
  const inner = wrapping.exec(bare)?.slice(1).join('') ?? bare
  return inner.trim()
}

const withoutQuotes = (text: string): string => (quotedPattern.exec(text)?.[2] ?? text).trim()

/** A pasted key, secret or header value without invisible characters and surrounding quotes. */
export const cleanSecret = (pasted: string): string =>
  withoutQuotes(pasted.replace(invisibleCharacters, '').trim())

/** A bearer token inside a copied command, request or program: `-H "…"`, `'Authorization' => 'Bearer …'`, `Bearer%20…`. */
const headerPattern =
  /\bauthorization["'`]?[\s\\]*(?::|=>?|,)[\s\\]*["'`“‘]?(?:(?:bearer|token)(?:[\s\\]|%20)+)+["'`“‘]?([^\s"'`“”‘’]+)/i
/** The label in front of a copied token: `Token: …`, `api_key=…`, `"token": "…"`, `X-Api-Key: …`, `export TOKEN=…`. */
const labelPattern =
  /^(?:export\s+|setx?\s+|\$env:)?["'“‘]?(?:x-)?(?:(?:api|access|auth)[ _-]?)?(?:token|key|anahtar(?:[ıi](?:n[ıi]z)?)?)["'”’]?\s*[:=]\s*/i
/** The sign in front of an item of a copied list. */
const bulletPattern = /^(?:[-*•–]|\d{1,2}[.)])\s+/
/** A parameter of a copied address. */
const parameterPattern = /^https?:\/\/\S*[?&](?:(?:api|access|auth)[_-]?)?(?:token|key)=([^&#\s]+)/i

/** Without full-width letters and hyphens that do not break, which documents have. */
const asTyped = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010\u2011]/g, '-')

/** A pasted bearer token, also from a whole header or command: `Authorization: Bearer …`, curl's `-H "…"`, `Token: …`. */
export function cleanToken(pasted: string): string {
  const found = headerPattern.exec(pasted)?.[1]
  if (found !== undefined) return cleanSecret(found)
  const plain = asTyped(pasted).replace(invisibleCharacters, '').trim().replace(bulletPattern, '')
  const parameter = parameterPattern.exec(plain)?.[1]
  if (parameter !== undefined) return cleanSecret(parameter)
  const unlabelled = unwrapped(plain).replace(labelPattern, '')
  const header = cleanSecret(cleanSecret(unlabelled).replace(/^(?:-H|--header)\s*/, ''))
  return unwrapped(
    withoutQuotes(
      header
        .replace(/^authorization\s*:\s*/i, '')
        .replace(/^(?:(?:bearer(?:\s*:\s*|\s+|%20))+|token\s+(?=\S*\d))/i, '')
    )
  )
}

/** Whether it is visible ASCII without spaces, as headers require; not an address, nor the name of a variable (`$TOKEN`). */
export const isPossibleToken = (token: string): boolean =>
  /^[\x21-\x7e]+$/.test(token) && !/^https?:\/\//i.test(token) && !/^\$\{?[A-Z_]+\}?$/.test(token)

/**
 * Whether the clipboard probably holds an API key. `unread`: not checked, because the system would ask the person first
 * (macOS); the clipboard is then read only when they click.
 */
export type ClipboardLook = 'token' | 'other' | 'unread'

/** Maximum length of a key in UTF-16 units; a clipboard may hold megabytes. */
const maxTokenLength = 4096

const webToken = /^ey[\w-]+\.[\w-]+\.[\w-]*$/
const keyLetters = /^[A-Za-z0-9_~+=|-][A-Za-z0-9_~+/=|-]{19,}$/

/**
 * Whether copied text is probably a key, so that pasting can be offered: it has a label (`Bearer …`), is a JSON web token, or
 * is long with letters and digits. False for addresses, paths, names and prose.
 */
export function looksLikeToken(pasted: string): boolean {
  if (pasted.length > maxTokenLength) return false
  const token = cleanToken(pasted)
  if (!isPossibleToken(token)) return false
  if (token !== cleanSecret(unwrapped(asTyped(pasted).trim())) || webToken.test(token)) return true
  return keyLetters.test(token) && /[A-Za-z]/.test(token) && /\d/.test(token) && /[A-Za-z0-9]{8}/.test(token)
}
