/**
 * Parses malformed JSON that programs print. Used only after `JSON.parse` failed. Accepts a comma after the last element,
 * numbers with leading zeros (both occur in the API's samples), line breaks and tabs inside strings, unknown escapes (`\'`),
 * and what programs print that build JSON by hand: unescaped quotes inside strings, missing values, names without or with
 * single quotes, comments, `None`, `NaN`.
 */

/** Prevents a stack overflow by hostile text. */
const maxDepth = 64

/** `endsEarly`: the text ended before the value was complete. */
export class JsonSyntaxError extends Error {
  readonly endsEarly: boolean
  constructor(endsEarly: boolean) {
    super(endsEarly ? 'the text ends early' : 'not JSON')
    this.endsEarly = endsEarly
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
/** White space and comments. */
const whitespacePattern = /(?:\s+|\/\*[^]*?\*\/|\/\/[^\n]*)*/y
const unescapedPatterns = { '"': /[^"\\]*/y, "'": /[^'\\]*/y } as const
type Quote = keyof typeof unescapedPatterns
/** What follows the quote that ends a string; any other quote belongs to the text. */
const afterStringPattern = /\s*(?:[,:}\]]|\/[/*]|$)/y
const numberPattern = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const namePattern = /[A-Za-z_$][\w$]*/y
const literalPattern = /[+-]?(?:true|false|null|none|undefined|nan|inf(?:inity)?)\b/iy

class Parser {
  readonly #text: string
  #position: number

  constructor(text: string, position: number) {
    this.#text = text
    this.#position = position
  }

  get position(): number {
    return this.#position
  }

  value(depth: number): unknown {
    if (depth > maxDepth) throw new JsonSyntaxError(false)
    this.#consume(whitespacePattern)
    const first = this.#text[this.#position]
    switch (first) {
      case '{':
        return this.#object(depth)
      case '[':
        return this.#list(depth)
      case '"':
      case "'":
        return this.#string(first)
      // No value, as PHP prints an empty variable.
      case ',':
      case '}':
        return null
      default:
        return this.#scalar()
    }
  }

  #object(depth: number): Record<string, unknown> {
    const entries: (readonly [string, unknown])[] = []
    this.#position += 1
    while (!this.#consumeEnd('}')) {
      if (this.#text[this.#position] === ',') {
        this.#position += 1
        continue
      }
      const key = this.#key()
      this.#consume(whitespacePattern)
      if (this.#text[this.#position] !== ':') this.#fail()
      this.#position += 1
      entries.push([key, this.value(depth + 1)])
      this.#consumeSeparator('}')
    }
    return Object.fromEntries(entries)
  }

  #list(depth: number): unknown[] {
    const values: unknown[] = []
    this.#position += 1
    while (!this.#consumeEnd(']')) {
      if (this.#text[this.#position] === ',') {
        this.#position += 1
        continue
      }
      values.push(this.value(depth + 1))
      this.#consumeSeparator(']')
    }
    return values
  }

  /** Consumes the end of the container if it is here. */
  #consumeEnd(end: '}' | ']'): boolean {
    this.#consume(whitespacePattern)
    if (this.#text[this.#position] !== end) return false
    this.#position += 1
    return true
  }

  /** Consumes the comma after an element; leaves the end to `#consumeEnd`. */
  #consumeSeparator(end: '}' | ']'): void {
    this.#consume(whitespacePattern)
    const next = this.#text[this.#position]
    if (next === ',') this.#position += 1
    else if (next !== end) this.#fail()
  }

  #key(): string {
    const first = this.#text[this.#position]
    if (first === '"' || first === "'") return this.#string(first)
    const name = this.#consume(namePattern)
    if (name === '') this.#fail()
    return name
  }

  #string(quote: Quote): string {
    let value = ''
    this.#position += 1
    for (;;) {
      value += this.#consume(unescapedPatterns[quote])
      const sign = this.#text[this.#position]
      if (sign === undefined) this.#fail()
      this.#position += 1
      if (sign !== quote) value += this.#escape()
      else if (this.#isNext(afterStringPattern)) return value
      else value += quote
    }
  }

  #escape(): string {
    const letter = this.#text[this.#position]
    if (letter === undefined) this.#fail()
    this.#position += 1
    if (letter !== 'u') return escapes[letter] ?? letter
    const code = this.#text.slice(this.#position, this.#position + 4)
    if (!/^[\da-f]{4}$/i.test(code)) this.#fail()
    this.#position += 4
    return String.fromCharCode(Number.parseInt(code, 16))
  }

  #scalar(): unknown {
    const digits = this.#consume(numberPattern)
    if (digits !== '') return Number(digits)
    const name = this.#consume(literalPattern).toLowerCase()
    if (name === '') this.#fail()
    return name === 'true' ? true : name === 'false' ? false : null
  }

  #isNext(pattern: RegExp): boolean {
    pattern.lastIndex = this.#position
    return pattern.test(this.#text)
  }

  #consume(pattern: RegExp): string {
    pattern.lastIndex = this.#position
    const [found = ''] = pattern.exec(this.#text) ?? []
    this.#position += found.length
    return found
  }

  #fail(): never {
    throw new JsonSyntaxError(this.#position >= this.#text.length)
  }
}

/** The value that begins at `from`, and its end position. Throws JsonSyntaxError. */
export function parseTolerantJson(
  text: string,
  from: number
): { readonly value: unknown; readonly end: number } {
  const parser = new Parser(text, from)
  const value = parser.value(0)
  return { value, end: parser.position }
}
