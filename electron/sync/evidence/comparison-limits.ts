/** Where the comparison of texts draws its lines. */
/** Chosen by `npm run test:unit -- compare-text`, which prints what each would let through. Letters and digits are counted. */
export const limits = {
  /** Texts with fewer letters must be the same sign by sign. */
  exactBelow: 24,
  /** Something may stand around it on the same line, without a sign that sets it apart, from so many letters on. */
  unmarkedFrom: 60,
  /** A cut text must keep so many letters; fewer where an ellipsis or an emoji says where it was cut. */
  cutKeeps: 24,
  cutWithEllipsisKeeps: 12,
  /** One that ends within a word at its first letter that is not ASCII: nobody ends a message there. */
  cutWithinWordKeeps: 2,
  /** A text cut between two words, or within a number, may be a shorter one of its own. */
  cutAfterWordKeeps: 45,
  /** A text cut right after a sentence may be a shorter one of its own, unless it is this long. */
  cutAfterSentenceKeeps: 150,
  /** Where tags were stripped, so many letters must be left, or a good part of all. */
  leftOver: 12,
  /** With words left out, added or masked: the least likeness. */
  likeness: 0.8
} as const
