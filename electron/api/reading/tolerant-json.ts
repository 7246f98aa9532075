/**
 * JSON as PHP programs and documentation pages really print it. Asked only where `JSON.parse` refuses: a comma after
 * the last element, numbers with leading zeros (both stand in the API's own samples), line breaks and tabs inside texts,
 * and escapes that JSON does not know (`\'`).
 */

/** Nesting beyond this is no ticket list; a limit of its own, so that hostile text ends in an error and not in a full stack. */
const maxDepth = 64

/** `endsEarly`: the text stopped before the value did. */
export class JsonSyntaxError extends Error {
  readonly endsEarly: boolean
  constructor(endsEarly: boolean) {
    super(endsEarly ? 'the text ends early' : 'not JSON')
    this.endsEarly = endsEarly
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const blank = /[\s\ufeff]*/y
const plainText = /[^"\\]*/y
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /true|false|null/y
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }

class Parser {
  readonly #text: string
  #at: number

  constructor(text: string, at: number) {
    this.#text = text
    this.#at = at
  }

  get at(): number {
    return this.#at
  }

  value(depth: number): unknown {
    if (depth > maxDepth) throw new JsonSyntaxError(false)
    this.#skip(blank)
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth)
      case '[':
        return this.#list(depth)
      case '"':
        return this.#string()
      default:
        return this.#scalar()
    }
  }

  #object(depth: number): Record<string, unknown> {
    const entries: (readonly [string, unknown])[] = []
    this.#at += 1
    while (!this.#closes('}')) {
      if (this.#text[this.#at] !== '"') this.#fail()
      const key = this.#string()
      this.#skip(blank)
      if (this.#text[this.#at] !== ':') this.#fail()
      this.#at += 1
      entries.push([key, this.value(depth + 1)])
      this.#separate('}')
    }
    return Object.fromEntries(entries)
  }

  #list(depth: number): unknown[] {
    const values: unknown[] = []
    this.#at += 1
    while (!this.#closes(']')) {
      values.push(this.value(depth + 1))
      this.#separate(']')
    }
    return values
  }

  /** Behind the container's end when it ends here. */
  #closes(end: '}' | ']'): boolean {
    this.#skip(blank)
    if (this.#text[this.#at] !== end) return false
    this.#at += 1
    return true
  }

  /** Takes the comma between two elements, or after the last; the end stays for `#closes`. */
  #separate(end: '}' | ']'): void {
    this.#skip(blank)
    const next = this.#text[this.#at]
    if (next === ',') this.#at += 1
    else if (next !== end) this.#fail()
  }

  #string(): string {
    let value = ''
    this.#at += 1
    for (;;) {
      value += this.#skip(plainText)
      const sign = this.#text[this.#at]
      if (sign === undefined) this.#fail()
      this.#at += 1
      if (sign === '"') return value
      value += this.#escape()
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at]
    if (letter === undefined) this.#fail()
    this.#at += 1
    if (letter !== 'u') return escapes[letter] ?? letter
    const code = this.#text.slice(this.#at, this.#at + 4)
    if (!/^[\da-f]{4}$/i.test(code)) this.#fail()
    this.#at += 4
    return String.fromCharCode(Number.parseInt(code, 16))
  }

  #scalar(): unknown {
    const digits = this.#skip(number)
    if (digits !== '') return Number(digits)
    const name = this.#skip(word)
    if (name === '') this.#fail()
    return words[name]
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const [found = ''] = pattern.exec(this.#text) ?? []
    this.#at += found.length
    return found
  }

  #fail(): never {
    throw new JsonSyntaxError(this.#at >= this.#text.length)
  }
}

/** The value that begins at `from`, and where it ends. Throws JsonSyntaxError. */
export function parseTolerantJson(
  text: string,
  from: number
): { readonly value: unknown; readonly end: number } {
  const parser = new Parser(text, from)
  const value = parser.value(0)
  return { value, end: parser.at }
}
