/** Finding, reading and answering tickets: rows, panes, the search's operators, what follows a reply. */
import type { Locale } from '../../../electron/tickets/locale.ts'

const tr = {
  onlySubject: '(yalnız konu)',
  wordsInPanel: '(metni panelde)',
  divider: 'Liste genişliği',
  dividerHint: 'Sürükleyin; çift tıklayınca varsayılana döner',

  operators: 'Aramayı daraltın',

  replyAndClose: 'Yanıtla ve kapat',
  replyingAndClosing: (ticket: string) => `${ticket}: yanıtınız gönderilip bilet kapatılacak`,
  undoneReplyAndClose: 'Geri alındı; yanıtınız taslakta, bilet açık',
  nothingToSend: 'Önce yanıtınızı yazın'
}

const en: typeof tr = {
  onlySubject: '(subject only)',
  wordsInPanel: '(read it in the panel)',
  divider: 'Width of the list',
  dividerHint: 'Drag; double-click for the default',

  operators: 'Narrow the search',

  replyAndClose: 'Reply and close',
  replyingAndClosing: (ticket) => `${ticket}: your reply will be sent, then the ticket closed`,
  undoneReplyAndClose: 'Undone: your reply is a draft again, the ticket stays open',
  nothingToSend: 'Write your reply first'
}

export const reading: Readonly<Record<Locale, typeof tr>> = { tr, en }
