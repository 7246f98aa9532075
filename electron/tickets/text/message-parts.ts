/** The parts of a message for display. */

/** A part of a message. `href` is always `https:`, `http:` or `mailto:` and is opened by the main process. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'mail'; readonly text: string; readonly href: string }
  | { readonly kind: 'ip'; readonly text: string }
  /** A probable password, hidden until the person shows it. */
  | { readonly kind: 'secret'; readonly text: string }

/** A part of a message. `machine` was written by a program or for one: logs, tables, commands; it has no links. */
export interface Block {
  readonly kind: 'prose' | 'machine'
  readonly segments: readonly Segment[]
}
