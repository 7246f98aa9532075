/** Maximum number of stack frames kept. */
const maxFrames = 12

/** Errors whose messages only contain names from the code; messages of others may quote data. */
const programmingErrors: ReadonlySet<string> = new Set(['TypeError', 'ReferenceError', 'RangeError'])

/** `at Account.turn (/home/…/main.js:12:34)` → `at Account.turn (main.js:12:34)`: no folder of the person's. */
const withoutFolders = (frame: string): string =>
  frame
    .trim()
    .replace(/\(.*[/\\]([^/\\]+:\d+:\d+)\)$/, '($1)')
    .replace(
      /^at (async )?[^()]*[/\\]([^/\\()]+:\d+:\d+)$/,
      (_, isAsync: string | undefined, place: string) => `at ${isAsync ?? ''}${place}`
    )

/** Name, code and stack of an error, one frame per line; the message only if it cannot contain data. */
export function errorTrace(error: unknown): string {
  if (!(error instanceof Error)) return `thrown ${typeof error}`
  const { code } = error as { code?: unknown }
  const message = programmingErrors.has(error.name) ? `: ${error.message}` : ''
  const what = `${error.name}${message}${typeof code === 'string' ? ` (${code})` : ''}`
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, maxFrames)
    .map(withoutFolders)
  const cause = error.cause === undefined ? [] : [`because of ${errorTrace(error.cause)}`]
  return [what, ...frames, ...cause].join('\n')
}
