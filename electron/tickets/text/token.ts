/** Invisible characters in copied text, and line breaks from terminals or mails. */
const invisibleCharacters = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu
const quotedPattern = /^(["'`“”‘’])(.*)["'`“”‘’]$/s

const withoutQuotes = (text: string): string => (quotedPattern.exec(text)?.[2] ?? text).trim()

/** A pasted key, secret or header value without invisible characters and surrounding quotes. */
export const cleanSecret = (pasted: string): string =>
  withoutQuotes(pasted.replace(invisibleCharacters, '').trim())

/** Somewhere in a command or a request that was copied as a whole. */
const headerPattern = /\bauthorization\s*:\s*(?:bearer|token)\s+([^\s"'`“”‘’]+)/i
/** The label in front of a copied token: `Token: …`, `api_key=…`, `"token": "…"`. */
const labelPattern = /^["'“‘]?(?:(?:api|access|auth)[ _-]?)?(?:token|key|anahtar[ıi]?)["'”’]?\s*[:=]\s*/i

/** A pasted bearer token, also from a whole header or command: `Authorization: Bearer …`, curl's `-H "…"`, `Token: …`. */
export function cleanToken(pasted: string): string {
  const found = headerPattern.exec(pasted)?.[1]
  if (found !== undefined) return cleanSecret(found)
  const unlabelled = pasted.replace(invisibleCharacters, '').trim().replace(labelPattern, '')
  const header = cleanSecret(cleanSecret(unlabelled).replace(/^(?:-H|--header)\s*/, ''))
  return withoutQuotes(header.replace(/^authorization\s*:\s*/i, '').replace(/^bearer(?:\s*:\s*|\s+)/i, ''))
}

/** Whether it is visible ASCII without spaces, as headers require. */
export const isPossibleToken = (token: string): boolean => /^[\x21-\x7e]+$/.test(token)

/**
 * Whether the clipboard holds what is probably an API key. `unread`: the system would ask the person before it is looked
 * into (macOS), so that it is read only on their click.
 */
export type ClipboardLook = 'token' | 'other' | 'unread'

/** Longer text is no key; a clipboard may hold megabytes. UTF-16 units. */
const longestToken = 4096

const webToken = /^ey[\w-]+\.[\w-]+\.[\w-]*$/
const keyLetters = /^[A-Za-z0-9_~+=|-][A-Za-z0-9_~+/=|-]{19,}$/

/**
 * Whether copied text is probably a key, so that pasting it can be offered: named as one (`Bearer …`), a JSON web token,
 * or long, with letters and digits mixed. An address, a path, a name and prose are none.
 */
export function looksLikeToken(pasted: string): boolean {
  if (pasted.length > longestToken) return false
  const token = cleanToken(pasted)
  if (!isPossibleToken(token)) return false
  if (token !== cleanSecret(pasted) || webToken.test(token)) return true
  return keyLetters.test(token) && /[A-Za-z]/.test(token) && /\d/.test(token) && /[A-Za-z0-9]{8}/.test(token)
}
