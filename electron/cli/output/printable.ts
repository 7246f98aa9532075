/* eslint-disable no-control-regex -- matches control characters in order to remove them */

/** Control and bidi characters, by which a text could change what the terminal shows. Line ends and tabs stay. */
const controls =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g
/* eslint-enable no-control-regex */

/** A text of several lines for a terminal. */
export const printable = (text: string): string => text.replace(/\r\n?/g, '\n').replace(controls, '')

/** A text on one line for a terminal. */
export const printableLine = (text: string): string => printable(text).replace(/\s+/g, ' ').trim()

/** JSON in which no character changes what a terminal shows. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    controls,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  )
