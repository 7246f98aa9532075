/** Where a server does one of these and nothing else, the person is never asked: who is asked every day answers nothing. */
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
