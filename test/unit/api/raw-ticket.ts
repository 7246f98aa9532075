/** An answered ticket of v2 as its server prints it, with one reply. Tests replace fields of it. */
export const rawReply = {
  id: 9,
  admin: 'Ayşe',
  user: 'Deniz',
  date: '2026-11-24 11:00:00',
  message: 'Yanıt',
  attachments: ''
}

export const rawTicket = {
  id: 7,
  date: '2026-11-24 10:00:00',
  message: 'Şu çalışmıyor',
  status: 'Answered',
  attachments: '',
  lastreply: '2026-11-24 11:00:00',
  replies: [rawReply] as unknown
}
