import { cutAt } from '../tickets/text/text.ts'

const flagOrInvisible = /(\u{1f3f4}[\u{e0061}-\u{e007a}]{2,6}\u{e007f})|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const endsInEmoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u
const startsWithEmoji = /^\p{Extended_Pictographic}/u
/** Scripts in which a joiner changes how a word is written. */
const joiningLetter =
  '[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}]'
const endsInJoiningLetter = new RegExp(`${joiningLetter}$`, 'u')
const startsWithJoiningLetter = new RegExp(`^${joiningLetter}`, 'u')

/**
 * Whether `character` is a joiner that connects the characters around it: parts of one emoji, or letters of such a script.
 */
function isNeededJoiner(text: string, character: string, at: number): boolean {
  if (character !== '\u200c' && character !== '\u200d') return false
  const before = text.slice(Math.max(0, at - 2), at)
  const after = text.slice(at + 1, at + 3)
  if (character === '\u200d' && endsInEmoji.test(before) && startsWithEmoji.test(after)) return true
  return endsInJoiningLetter.test(before) && startsWithJoiningLetter.test(after)
}

/**
 * One line of plain text: control and bidi characters become spaces, so that a name or message cannot imitate something
 * else; joiners stay only inside an emoji or a word. At most `maxLength` UTF-16 units, cut between whole characters.
 * The text direction is left to the renderer, which takes it from the first letter.
 */
export function plainLine(text: string, maxLength: number): string {
  const line = text
    .replace(flagOrInvisible, (found: string, flag: string | undefined, at: number) =>
      flag !== undefined || isNeededJoiner(text, found, at) ? found : ' '
    )
    .replace(/\s+/g, ' ')
    .trim()
  return cutAt(line, maxLength)
}
