/** The longest message that is sent, in UTF-16 units. */
export const longestText = 100_000
/** What was typed or pasted is kept as a draft up to this length, so that nothing is lost before it was shortened. */
export const longestDraft = 2_000_000
/** No account has more; a list or a cache with more is broken or hostile, and is not read to its end. */
export const mostInList = { tickets: 50_000, repliesOfOne: 10_000, replies: 500_000 } as const
