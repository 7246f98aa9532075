/** The limits of comparing texts. */
/** Chosen with `npm run test:unit -- compare-text`, which prints the effect of each. Counted in letters and digits. */
export const limits = {
  /** Shorter texts must be identical. */
  exactBelow: 24,
  /** Minimum length of a text that may have added text on the same line without a separator. */
  unmarkedFrom: 60,
  /** Minimum remaining length of a cut text; less with an ellipsis or an emoji at the cut. */
  cutKeeps: 24,
  cutWithEllipsisKeeps: 12,
  /** Minimum length if the cut is within a word at its first letter that is not ASCII, where no message ends. */
  cutWithinWordKeeps: 2,
  /** Minimum length if the cut is between words or within a number, where a shorter message might end. */
  cutAfterWordKeeps: 45,
  /** Minimum length if the cut is after a sentence, where a shorter message might end. */
  cutAfterSentenceKeeps: 150,
  /** Minimum number of letters after stripping tags, unless it is a large share of all. */
  leftOver: 12,
  /** Minimum similarity of texts with words removed, added or masked. */
  likeness: 0.8
} as const
