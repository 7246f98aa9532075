import { getContext, setContext, untrack } from 'svelte'

const ranks = { trouble: 0, waiting: 1, info: 2 } as const
const standingRank = 3
export type Tone = keyof typeof ranks

interface Entry {
  readonly id: string
  readonly tone: () => Tone
  /** Says how things are, not what happened: it comes after all others. */
  readonly isStanding: boolean
}

const rankOf = ({ tone, isStanding }: Entry): number => (isStanding ? standingRank : ranks[tone()])

const key = Symbol('banner stack')

/** Banners of which one is shown at a time: the gravest first, then in the order in which they came. */
export class BannerStack {
  #entries = $state.raw<readonly Entry[]>([])
  /** The same list, not reactive: in a component that is being destroyed, state has its earlier value. */
  #newest: readonly Entry[] = []
  #chosen = $state.raw<string | null>(null)

  get #sorted(): readonly Entry[] {
    return this.#entries.toSorted((a, b) => rankOf(a) - rankOf(b))
  }
  get #current(): Entry | undefined {
    const sorted = this.#sorted
    return sorted.find(({ id }) => id === this.#chosen) ?? sorted[0]
  }

  get count(): number {
    return this.#entries.length
  }
  /** Place of the shown banner, from 1; 0 without banners. */
  get place(): number {
    return this.#current ? this.#sorted.indexOf(this.#current) + 1 : 0
  }
  get tone(): Tone | null {
    return this.#current?.tone() ?? null
  }

  isCurrent(id: string): boolean {
    return this.#current?.id === id
  }

  /** `urgent`, or graver than the one that is looked at: shown at once. Answers the function that takes it away. */
  add(entry: Entry, urgent: boolean): () => void {
    untrack(() => {
      const current = this.#current
      if (urgent) this.#chosen = entry.id
      else if (current && rankOf(entry) < rankOf(current)) this.#chosen = null
      this.#replace([...this.#newest, entry])
    })
    return () => {
      this.#replace(this.#newest.filter((one) => one !== entry))
    }
  }

  #replace(entries: readonly Entry[]): void {
    this.#newest = entries
    this.#entries = entries
  }

  /** After the last one comes the first. */
  next(): void {
    this.#chosen = this.#sorted[this.place % this.#sorted.length]?.id ?? null
  }
}

export function provideBannerStack(): BannerStack {
  return setContext(key, new BannerStack())
}

/** Undefined outside a stack, where every banner is shown. */
export const bannerStack = (): BannerStack | undefined => getContext<BannerStack | undefined>(key)
