/** What stands in copied text without being seen, and line ends that a terminal or a mail put into it. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu
const quoted = /^(["'`“”‘’])(.*)["'`“”‘’]$/s

const withoutQuotes = (text: string): string => (quoted.exec(text)?.[2] ?? text).trim()

/** A key, a secret or a header's value as it is sent: what nobody sees and quotation marks around it are not part of it. */
export const cleanSecret = (pasted: string): string => withoutQuotes(pasted.replace(unseen, '').trim())

/** A bearer token as it is sent, also out of a whole header: `Authorization: Bearer …`, or curl's `-H "…"`. */
export function cleanToken(pasted: string): string {
  const header = cleanSecret(cleanSecret(pasted).replace(/^(?:-H|--header)\s*/, ''))
  return withoutQuotes(header.replace(/^authorization\s*:\s*/i, '').replace(/^bearer(?:\s*:\s*|\s+)/i, ''))
}

/** A header takes visible ASCII only, and no token has spaces. */
export const isPossibleToken = (token: string): boolean => /^[\x21-\x7e]+$/.test(token)
