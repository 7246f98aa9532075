/** Combining marks and invisible characters: soft hyphens, joiners, direction marks. */
const marksAndInvisible = /[\p{M}\p{Cf}]/gu
const plainText = /^[\x20-\x7e\n\t]*$/
const nonAscii = /[\u{80}-\u{10ffff}]/gu
const foldCache = new Map<string, string>()

/** After decomposition only the dotless i and the final sigma need special treatment. */
function foldCharacter(character: string): string {
  const known = foldCache.get(character)
  if (known !== undefined) return known
  const plain = character.normalize('NFKD').replace(marksAndInvisible, '').toLowerCase()
  const result = plain.replace(/ı/g, 'i').replace(/ς/g, 'σ')
  if (foldCache.size >= 5000) foldCache.clear()
  foldCache.set(character, result)
  return result
}

/** Folds text for searching: lower case, no diacritics, all four Turkish i's equal. So `sikayet` finds `Şikâyet`. */
export const fold = (text: string): string => text.replace(nonAscii, foldCharacter).toLowerCase()

/** Folded words. Folded first, because some characters fold to a space. */
export const foldedWords = (text: string): readonly string[] => fold(text).split(/\s+/).filter(Boolean)

/** `fold`, and for each folded position (and the end) the original position in `text`, for highlighting. */
export function foldWithMap(text: string): { readonly folded: string; readonly origin: readonly number[] } {
  const origin: number[] = []
  if (plainText.test(text)) {
    for (let i = 0; i <= text.length; i++) origin.push(i)
    return { folded: text.toLowerCase(), origin }
  }
  let folded = ''
  let position = 0
  for (const character of text) {
    const piece = character < '\x80' ? character.toLowerCase() : foldCharacter(character)
    for (let i = 0; i < piece.length; i++) origin.push(position)
    folded += piece
    position += character.length
  }
  origin.push(position)
  return { folded, origin }
}
