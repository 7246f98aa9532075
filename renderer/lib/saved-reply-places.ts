/** The placeholders of a saved reply, in either language. Those that may have no value take the blank before them along. */
export const places = {
  date: /\{(?:date|tarih)\}/gi,
  ticket: /([ \t]*)\{(?:ticket|bilet)\}/gi,
  name: /([ \t]*)\{(?:name|ad)\}/gi
} as const
