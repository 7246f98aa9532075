import { serialize } from 'node:v8'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asciiPreview, toAscii } from '../../../electron/tickets/text/sent-form/ascii.ts'
import { narrowed } from '../../../electron/tickets/text/narrow.ts'
import { fold, foldWithMap } from '../../../electron/tickets/text/turkish.ts'

const onlyAscii = /^[\n\t\x20-\x7e]*$/
const anyText = fc.string({ unit: 'binary', maxLength: 200 })

describe('toAscii', () => {
  it.each([
    ['çğıİöşüÇĞÖŞÜ', 'cgiIosuCGOSU'],
    ['Şikâyet, îmâ, sükûn', 'Sikayet, ima, sukun'],
    ['“alıntı” ‘tek’ „alt‟', '"alinti" \'tek\' "alt"'],
    ['a–b—c…d•e', 'a-b-c...d*e'],
    ['5 €, 10 ₺', '5 EUR, 10 TL'],
    ['½ ş № 3', '1/2 s No 3'],
    ['boş\u00a0luk', 'bos luk'],
    ['1½ GB', '1 1/2 GB'],
    ['½½ ¾5 a½', '1/2 1/2 3/4 5 a1/2'],
    ['10² + 2⁵ − 10⁻³ = 2¹⁰', '10^2 + 2^5 - 10^-3 = 2^10'],
    ['x²3 y²\u200d4', 'x^2 3 y^2 4'],
    ['H₂O, log₂8, a₁₀', 'H_2O, log_2 8, a_10'],
    ['5①②, ⑳, ㉑ Ⓐ', '5(1)(2), (20), (21) (A)'],
    ['90 ㎡, 2 ㎥, 3 ㎞', '90 m^2, 2 m^3, 3 km'],
    ['5‰, ±3, ≈4, µs', '5/1000, +/-3, ~4, us'],
    ['a≮b≯c≰d≱e≠f', 'a>=b<=c>d<e!=f'],
    ['a<\u0338b', 'a>=b'],
    ['２½', '2 1/2']
  ])('writes %s as %s', (typed, sent) => {
    expect(toAscii(typed)).toBe(sent)
  })

  it('takes letters that come in two parts like whole ones', () => {
    expect(toAscii('şğüöçİ'.normalize('NFD'))).toBe('sguocI')
  })

  it('keeps line ends and tabs, and makes Windows and old Mac line ends plain ones', () => {
    expect(toAscii('a\r\nb\rc\n\td')).toBe('a\nb\nc\n\td')
  })

  it('drops control characters and signs that turn the reading direction', () => {
    expect(toAscii('a\u0000\u001b\u202e\u2066b\u200f\ufeffc')).toBe('abc')
  })

  it('shows the loss of what has no plain form as a question mark', () => {
    expect(toAscii('tamam 👍 да')).toBe('tamam ? ??')
  })

  it.each([
    ['25 °C', '25 derece C'],
    ['25°C', '25 derece C'],
    ['25℃ / 77 ℉', '25 derece C / 77 derece F'],
    ['5°', '5 derece'],
    ["5°'ye", "5 derece'ye"],
    ['90°lik', '90 derece lik'],
    ['°C (°F)', 'derece C (derece F)'],
    ['40°5 ve 10²', '40 derece 5 ve 10^2']
  ])('gives a degree sign as a word with single spaces: %s', (typed, sent) => {
    expect(toAscii(typed)).toBe(sent)
    expect(asciiPreview(typed).text).toBe(sent)
    expect(toAscii(sent)).toBe(sent)
  })

  it('leaves only ASCII, whatever is typed, and changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const sent = toAscii(text)
        expect(sent).toMatch(onlyAscii)
        expect(toAscii(sent)).toBe(sent)
      })
    )
  })
})

describe('asciiPreview', () => {
  it('marks what differs, in positions of what is sent', () => {
    const { text, changed } = asciiPreview('Şu iş… ok')
    expect(text).toBe('Su is... ok')
    expect(changed.map(([start, end]) => text.slice(start, end))).toEqual(['S', 's...'])
  })

  it('counts the letters that are replaced, and not those that are lost', () => {
    expect(asciiPreview('Çözüm ğ 👍 \u200b').letters).toBe(4)
  })

  it('marks nothing in a text that is sent as it is', () => {
    expect(asciiPreview('plain text\n')).toEqual({ text: 'plain text\n', changed: [], letters: 0 })
  })

  it('notes where something invisible was left out', () => {
    expect(asciiPreview('a\u202eb')).toEqual({ text: 'ab', changed: [[1, 1]], letters: 0 })
  })

  it('shows exactly what toAscii sends, with ranges in order and inside the text', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const { text, changed } = asciiPreview(typed)
        expect(text).toBe(toAscii(typed))
        let at = 0
        for (const [start, end] of changed) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThanOrEqual(start)
          at = end
        }
        expect(at).toBeLessThanOrEqual(text.length)
      })
    )
  })
})

describe('fold', () => {
  it.each(['Şikâyet', 'ŞİKÂYET', 'ŞIKAYET', 'sikayet', 'şikâyet'.normalize('NFD'), 'şi\u00adkayet'])(
    'makes %s findable as sikayet',
    (text) => {
      expect(fold(text)).toBe('sikayet')
    }
  )

  it('makes all four Turkish i alike', () => {
    expect(fold('ıiIİ')).toBe('iiii')
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      })
    )
  })

  it('folds alike with and without a map, whose positions point into the text in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { folded, origin } = foldWithMap(text)
        expect(folded).toBe(fold(text))
        expect(origin).toHaveLength(folded.length + 1)
        expect(origin.at(-1)).toBe(text.length)
        expect([...origin].sort((a, b) => a - b)).toEqual(origin)
      })
    )
  })

  it('leads a match back to the letters it came from', () => {
    const text = 'Bu bir ŞİKÂYET kaydı'
    const { folded, origin } = foldWithMap(text)
    const at = folded.indexOf('sikayet')
    expect(text.slice(origin[at], origin[at + 7])).toBe('ŞİKÂYET')
  })
})

describe('a folded text', () => {
  /** V8's own tag of a string with one byte a character. */
  const isNarrow = (text: string): boolean => serialize(text)[2] === 0x22

  it('has one byte a character once it is narrowed, and reads the same', () => {
    const folded = fold('Şikâyet: ığüöç İ')
    expect(narrowed(folded)).toBe('sikayet: iguoc i')
    expect([isNarrow(folded), isNarrow(narrowed(folded))]).toEqual([false, true])
  })

  it('keeps its length and what has no Latin letter', () => {
    for (const text of ['', '\ufeffa', '漢字 👍 я', 'a\ud83d b'])
      expect(narrowed(text)).toHaveLength(text.length)
    expect(narrowed('\ufeff漢字 👍 я')).toBe('\ufeff漢字 👍 я')
  })
})
