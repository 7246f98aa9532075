interface Keyed {
  readonly key: string
}

/**
 * The messages that were not there before: when the thread was loaded last, or when the window was let go, of which only
 * the newest message (`newestLeft`) is known.
 */
export function freshMessages<Message extends Keyed>(
  messages: readonly Message[],
  before: readonly Keyed[] | null,
  newestLeft: string | null
): readonly Message[] {
  if (before === null && newestLeft !== null)
    return messages.slice(messages.findIndex(({ key }) => key === newestLeft) + 1)
  const known = new Set(before?.map(({ key }) => key))
  return messages.filter(({ key }) => !known.has(key))
}
