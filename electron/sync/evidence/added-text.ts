/** Recognizes text that systems add around a message. */

/** Text added after a message: a line, text in brackets, or a usual phrase on a new line. */
export const addedAfter = new RegExp(
  [
    /^\s*$/,
    /^\s*[-_=*~]{4,}/,
    /^[^\S\n]*\n\s*[-_=*~]{2,}[^\S\n]*\n/,
    /^\s*[[(][^\n]{0,200}[\])]\s*(?:$|\n\s*[-_=*~]{4,})/,
    /^[^\S\n]*\n\s*(?:(?:\w{1,12} )?ip(?: adres\w*)?\s*[:=]|saygilar|iyi calismalar|(?:best|kind) regards|sent (?:from|via|by)|get outlook|ticket (?:id|no|#)|bu (?:mesaj|ileti|e-?posta)|this (?:message|e-?mail))/,
    /^[^\S\n]*\n\s*[^\n]{0,60}(?:gonderildi|gonderilmistir|yazildi)\b/
  ]
    .map(({ source }) => source)
    .join('|')
)
/** Text added before a message: a line, text in brackets, or a line that ends with a colon or names the author. */
export const addedBefore = new RegExp(
  [
    /^[\s>]*$/,
    /(?:[-_=*~]{4,}|\n[-_=*~]{2,}[^\S\n]*\n)[\s>]*$/,
    /(?:^|\n)\s*[[(][^\n]{0,100}[\])]:?[\s>]*$/,
    /:[^\S\n]*\n[\s>]*$/,
    /(?:^|\n)[^\n:]{0,60}(?:yazdi|wrote|gonderen|mesaj|message|yanit|reply|musteri|customer|client):[\s>]*$/
  ]
    .map(({ source }) => source)
    .join('|')
)
/** Maximum number of characters before a message that are checked for added text. */
export const shortHead = 300

export const ellipsis = /^(?:\.{3}|\[\.*\]|\(\.*\))/

/** Whether the text was cut within the `https://` of a link, which is not compared. */
export const cutLink = /^[^\n\w]*\b(?:ht?|htt|https?)(?:\b(?!:\/\/\w):?\/{0,2})/

/** Removes text that a system added after a line at the end. */
export function bodyOf(text: string): string {
  const end = text.slice(-shortHead)
  const rule = /\n[^\S\n]*[-_=*~]{4,}[^\S\n]*\n/.exec(end)
  return rule ? text.slice(0, text.length - end.length + rule.index) : text
}
