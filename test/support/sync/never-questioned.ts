/** Server behaviours with which the person must never be asked, since frequent questions would not be answered carefully. */
export const neverAsked: readonly string[] = [
  'unchanged',
  'escaped once',
  'escaped twice',
  'line ends',
  'footer before',
  'footer after',
  'tags stripped',
  'line breaks as HTML',
  'cut short',
  'letters as ?',
  'bytes as ?',
  'letters as U+FFFD',
  'letters gone',
  'Turkish letters as ?',
  'UTF-8 read as Windows-1252',
  'UTF-8 read as Windows-1254'
]
