/** Maximum length of a message that is sent, in UTF-16 units. */
export const maxTextLength = 100_000
/** Maximum length of a draft: longer than a message, so that nothing is lost before the person shortens it. */
export const maxDraftLength = 2_000_000
/** No account has more. A larger list or cache is broken or hostile, and reading it is aborted. */
export const maxListSize = { tickets: 50_000, repliesOfOne: 10_000, replies: 500_000 } as const
