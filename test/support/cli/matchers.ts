/** Matchers with a type; those of Vitest are `any`. */
import { expect } from 'vitest'

export const containing = (text: string): unknown => expect.stringContaining(text)
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)
