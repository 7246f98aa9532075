/** The experiment that determined the limits of the comparison, with all rewrites of sample texts and with similar other texts. */
import { describe, expect, it } from 'vitest'
import { letterDamages, rewrites, type Rewrite } from '../support/demo/rewrites.ts'
import { footer } from '../../electron/demo/ticket-system.ts'
import {
  compareMessage,
  isMatch,
  likenessOf,
  type Likeness
} from '../../electron/sync/evidence/compare-text.ts'
import { limits } from '../../electron/sync/evidence/comparison-limits.ts'
import { cleanText } from '../../electron/tickets/text/text.ts'
import { toAscii } from '../../electron/tickets/text/sent-form/ascii.ts'
import { fold } from '../../electron/tickets/text/turkish.ts'
import { differentTexts, sampleTexts } from '../support/sync/texts.ts'

interface Pair extends Likeness {
  readonly sent: string
  readonly stored: string
  readonly rewrite: string
  readonly isFound: boolean
}

function pair(sent: string, stored: string, rewrite: string): Pair {
  const likeness = likenessOf(sent, stored)
  return { sent, stored, rewrite, isFound: isMatch(likeness), ...likeness }
}

/** The text as the client reads it: sent with or without Turkish letters, with or without the system's footer. */
const storedForms = (text: string, rewrite: (text: string) => string): readonly string[] =>
  [...new Set([toAscii(text).trim(), text.trim()])].flatMap((sent) => [
    cleanText(rewrite(sent) + footer),
    cleanText(rewrite(sent))
  ])

/** Long texts are slow to compare and add little, so they are compared once per rewrite. */
const isLong = (text: string): boolean => text.length > 2000

const same = (rewrite: Rewrite): readonly Pair[] =>
  [...sampleTexts.map(({ text }) => text), ...differentTexts.flat()].flatMap((sent) =>
    storedForms(sent, rewrite.apply)
      .slice(0, isLong(sent) ? 1 : 4)
      .map((stored) => pair(sent, stored, rewrite.name))
  )

const bare = (text: string): string =>
  toAscii(text)
    .toLowerCase()
    .replace(/[^a-z0-9<>=%?]/g, '')

const different = (rewrite: Rewrite): readonly Pair[] =>
  [...differentTexts, sampleTexts.map(({ text }) => text)].flatMap((group) =>
    group.flatMap((sent) =>
      group
        .filter(
          (other) => other !== sent && !(isLong(sent) || (isLong(other) && rewrite.name !== 'unchanged'))
        )
        // A rewrite may make both texts equal; then they cannot be told apart.
        .filter((other) => ![bare(sent), bare(rewrite.apply(sent))].includes(bare(rewrite.apply(other))))
        .flatMap((other) =>
          storedForms(other, rewrite.apply).map((stored) => pair(sent, stored, rewrite.name))
        )
    )
  )

const percent = (part: readonly unknown[], whole: readonly unknown[]): string =>
  `${((100 * part.length) / whole.length).toFixed(1)} %`

describe('the comparison of a stored message with a sent one', () => {
  it('takes no different message for the one that was sent, and most rewritten ones for it', () => {
    const runs = rewrites.map((rewrite) => ({
      name: rewrite.name,
      own: same(rewrite),
      others: different(rewrite)
    }))
    const found = (pairs: readonly Pair[]): readonly Pair[] => pairs.filter(({ isFound }) => isFound)
    console.table(
      Object.fromEntries(
        runs.map(({ name, own, others }) => [
          name,
          {
            'same: found': `${found(own).length} of ${own.length}`,
            'different: found': `${found(others).length} of ${others.length}`
          }
        ])
      )
    )
    const own = runs.flatMap((run) => run.own)
    const others = runs.flatMap((run) => run.others)
    const unsettled = (pairs: readonly Pair[]): readonly Pair[] => pairs.filter(({ isSame }) => !isSame)
    const alike = (pairs: readonly Pair[], limit: number): readonly Pair[] =>
      unsettled(pairs).filter(({ likeness }) => likeness >= limit)
    const harmless = (pairs: readonly Pair[], limit: number): readonly Pair[] =>
      alike(pairs, limit).filter(({ isBenign, letters }) => isBenign && letters >= limits.exactBelow)
    console.table(
      Object.fromEntries(
        [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95].map((limit) => [
          limit,
          {
            'same, by likeness alone': percent(alike(own, limit), unsettled(own)),
            'different, by likeness alone': alike(others, limit).length,
            'same, nothing in another’s place': percent(harmless(own, limit), unsettled(own)),
            'different, nothing in another’s place': harmless(others, limit).length
          }
        ])
      )
    )
    console.log(
      `${own.length} pairs of the same message, ${percent(found(own), own)} found; ` +
        `${others.length} pairs of different ones, ${found(others).length} found`
    )
    for (const missed of own.filter(({ isFound }) => !isFound).slice(0, Number(process.env.SHOW ?? 0)))
      console.log(
        JSON.stringify({ ...missed, sent: missed.sent.slice(0, 200), stored: missed.stored.slice(0, 250) })
      )
    expect(found(others).slice(0, 10)).toEqual([])
    expect(found(own).length / own.length).toBeGreaterThan(0.99)
  }, 120_000)

  it.each([
    ['Tamam', 'Tamam, teşekkürler'],
    ['Tamam, teşekkürler', 'Tamam'],
    ['Yes', 'No'],
    ['Yes', 'Yes, but not today'],
    ['a < b', 'a > b'],
    ['10.5', '105'],
    ['Kurulum', 'Kurulum (web01) bitti'],
    ['Tamam', 'Kurulum bitti (web01) Tamam'],
    ['Merhaba', ''],
    ['', 'Merhaba'],
    ['👍', '🐢'],
    ['Sunucumuzun yeni adresi 203.0.113.24', 'Sunucumuzun yeni adresi 203.0.113.2'],
    ['Lütfen yedekten geri yükleyin, sonra bana haber verin.', 'Lütfen yedekten geri yükleyin.']
  ])('%j is not %j', (sent, stored) => {
    expect(compareMessage(sent, stored).verdict).toBe('unclear')
    expect(compareMessage(sent, stored + footer).verdict).toBe('unclear')
  })

  it.each([
    ['Tamam', '[Panel] Tamam'],
    ['Tamam', 'Tamam<br />\n<br />\n-- \nPanelden gonderildi'],
    ['Tamam', 'Müşteri yanıtı:\n\n> Tamam'],
    ['Tamam', 'Tamam (panelden gönderildi)'],
    ['Tamam 👍', 'Tamam ????'],
    ['Tamam 👍', 'Tamam'],
    ['a &lt; b', 'a < b'],
    ['<b>Merhaba</b>', 'Merhaba'],
    ['Evet', 'Evet\n\nGönderen IP: 203.0.113.24'],
    ['Evet', 'Evet\n\nSaygılarımızla,\nNetinternet'],
    ['Evet', 'Müşteri: Evet'],
    ['Evet', 'Evet (düzenlendi)\n\n-----------------\nIP Adresiniz: 127.0.0.1'],
    [
      'Ana sayfadaki kampanya yazısında, menüde ve alt bilgi satırında &quot;decode&quot; edilmiyor',
      'Ana sayfadaki kampanya yazısında, menüde ve alt bilgi satırında &amp;quo'
    ],
    [
      'Panele şu adresten giremiyorum: https://panel.ornek.com.tr/giris',
      'Panele şu adresten giremiyorum: htt'
    ]
  ])('%j is %j', (sent, stored) => {
    expect(compareMessage(sent, cleanText(stored)).verdict).toBe('match')
  })

  /** The text as the client reads it, with the system's footer. */
  const returned = (text: string, { apply: damage }: Rewrite): string => cleanText(damage(text) + footer)
  const turkish = [
    ...sampleTexts.map(({ text }) => text.trim()),
    ...[
      'Çözüldü',
      'Teşekkürler.',
      'Şu an çalışıyor mu?',
      'Tamam, şimdi açıldı',
      'Işık yanıyor',
      'Öğle arası'
    ],
    ...['Gördüm, kapatabilirsiniz', 'Şifre: Gül_1881=ş']
  ].filter((text) => !isLong(text) && toAscii(text) !== text.replace(/\r\n/g, '\n'))

  it.each(letterDamages)('knows a message again whose letters were damaged: $name', (damage) => {
    for (const text of turkish) {
      const stored = returned(text, damage)
      const { verdict, isDamaged } = compareMessage(text, stored, true)
      expect({ text, stored, verdict }).toEqual({ text, stored, verdict: 'match' })
      const isTurkishHurt = fold(toAscii(text)) !== fold(toAscii(cleanText(damage.apply(text))))
      // A lost emoji, dash or quotation mark is no reason to send without Turkish letters.
      if (/[çğıöşüÇĞİÖŞÜ]/.test(text) && isTurkishHurt)
        expect({ text, stored, isDamaged }).toEqual({ text, stored, isDamaged: true })
    }
  })

  it.each(letterDamages.filter(({ name }) => !name.startsWith('cut')))(
    'knows it again before the server said that it has it, but where no letter is left: $name',
    (damage) => {
      for (const text of turkish)
        expect({ text, verdict: compareMessage(text, returned(text, damage)).verdict }).toEqual({
          text,
          verdict: 'match'
        })
    }
  )

  it.each(rewrites.filter(({ name }) => !/letters|code page|Latin|emoji/.test(name)))(
    'takes no letter for damaged where the server does something else: $name',
    (rewrite) => {
      for (const text of turkish) {
        const stored = returned(text, rewrite)
        expect({ text, stored, isDamaged: compareMessage(text, stored, true).isDamaged }).toEqual({
          ...{ text, stored, isDamaged: false }
        })
      }
    }
  )

  it.each(letterDamages)('takes no other message for one whose letters were damaged: $name', (damage) => {
    for (const group of [...differentTexts, sampleTexts.map(({ text }) => text)])
      for (const sent of group)
        for (const other of group.filter(
          (candidate) => candidate !== sent && !isLong(candidate) && !isLong(sent)
        )) {
          const stored = returned(other, damage)
          // Damage may make both texts equal; then they cannot be told apart.
          if (bare(cleanText(damage.apply(sent))) === bare(cleanText(damage.apply(other)))) continue
          const { verdict } = compareMessage(sent, stored)
          expect({ sent, stored, verdict }).toEqual({ sent, stored, verdict: 'unclear' })
        }
  })

  it.each([
    ['Tamam 👍 teşekkürler', 'Tamam ???? teşekkürler', false],
    ['Tamam 👍 teşekkürler', 'Tamam', true],
    ['“Tırnak” – çizgi', '"Tırnak" - çizgi', false],
    ['Tamam, teşekkürler', 'Tamam, tesekkurler', false],
    ['Tamam', 'Tamam', false]
  ])('%j came back damaged as %j: %s', (sent, stored, isDamaged) => {
    expect(compareMessage(sent, stored + footer, true)).toMatchObject({ verdict: 'match', isDamaged })
  })

  it.each(['...', ';', '!!!', '…', '👍', '?', ':)'])('knows a message of signs alone again: %j', (sent) => {
    for (const stored of [sent, toAscii(sent), `${sent}${footer}`, `${toAscii(sent)}${footer}`])
      expect(compareMessage(sent, stored).verdict).toBe('match')
    for (const stored of ['-', `~${footer}`, footer, `Tamam ${sent}${footer}`])
      expect(compareMessage(sent, stored).verdict).toBe('unclear')
  })

  it('asks rather than takes a word of somebody else for what is left of a message, until the server said that it has it', () => {
    expect(compareMessage('Tamam şimdi deneyin', `Tamam${footer}`, false).verdict).toBe('unclear')
    expect(compareMessage('Tamam şimdi deneyin', `Tamam${footer}`, true).verdict).toBe('match')
    expect(compareMessage('Şu an çalışıyor', footer, false).verdict).toBe('unclear')
    expect(compareMessage('Şu an çalışıyor', footer, true).verdict).toBe('match')
  })

  const many = (part: string): string => part.repeat(Math.ceil(100_000 / part.length)).slice(0, 100_000)
  it.each([
    ['one letter', many('a'), `${many('a').slice(1)}b`],
    ['few words', many('a b '), many('b a c ')],
    ['words in another order', many('bir iki uc dort bes '), many('bes dort uc iki bir ')],
    ['open tags', many('<a '), many('<b>')],
    ['only <', many('<'), `${many('<').slice(1)}>`],
    ['entities of entities', many('&amp;'), many('&amp;lt;')],
    ['white space', `${many(' ')}a`, `${many('\n')}b`],
    ['signs', many('.,;'), many('-_=')],
    ['rules', many('-----\n'), many('_____\n')],
    ['brackets', many('(['), many('([')],
    ['links in links', many('http://a%3A/'), many('http://b.https://')],
    ['Turkish letters', many('şğı '), many('öçü ')],
    ['masks', many('4111 '), many('**** ')]
  ])('ends soon on 100,000 letters of the worst kind: %s', (_, sent, stored) => {
    // No duration is asserted: a comparison that takes minutes exceeds the test's timeout.
    expect(compareMessage(sent, stored).likeness).toBeLessThanOrEqual(1)
    expect(compareMessage(stored, sent).likeness).toBeGreaterThanOrEqual(0)
  })
})
