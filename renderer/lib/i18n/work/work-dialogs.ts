/** What the dialogs and the palette say about it; read once one is opened. */
import type { Locale } from '../../../../electron/tickets/locale.ts'
import { numbers as n } from '../../numbers.ts'

const tr = {
  unsnooze: 'Ertelemeyi kaldır',
  noFollowUp: 'Hatırlatmayı kaldır',
  ownTitle: 'Kendi başlığınız',
  titleHint: (subject: string) =>
    `Yalnızca bu bilgisayarda görünür. Boş bırakırsanız sunucudaki konu yazılır: ${subject}`,
  noteHint: 'Yalnızca bu bilgisayarda durur; destek ekibine gönderilmez.',
  tags: 'Etiketler',
  findTag: 'Etiket bulun ya da yeni bir ad yazın',
  newTag: (name: string) => `Yeni etiket: ${name}`,
  noTags: 'Henüz etiket yok. Bir ad yazın: müşteri, sunucu, proje…',
  tagsFull: (limit: number) => `Bir bilette en çok ${n.tr(limit)} etiket olabilir.`,
  tagListFull: (limit: number) => `En çok ${n.tr(limit)} etiket tanımlanabilir.`,
  withTag: (name: string) => `Etiket: ${name}`,
  save: 'Kaydet',
  cancel: 'Vazgeç',
  in: {
    hour: '1 saat sonra',
    tomorrow: 'Yarın',
    monday: 'Pazartesi'
  },
  afterHours: (hours: number) =>
    hours < 48
      ? `${n.tr(hours)} saat içinde yanıt gelmezse`
      : `${n.tr(hours / 24)} gün içinde yanıt gelmezse`,
  snoozeTitle: 'Ne zamana kadar ertelensin?',
  followUpTitle: 'Yanıt gelmezse ne zaman hatırlatılsın?',
  date: 'Tarih',
  time: 'Saat',
  choose: 'Bu zamanı seç',
  inIstanbul: 'Türkiye saatiyle',
  needsTime: 'Bir tarih ve saat seçin.',
  isPast: 'Bu zaman geçti; ileri bir zaman seçin.',
  saveSearchTitle: 'Aramayı filtre olarak kaydet',
  searchName: 'Ad',
  nameNeeded: 'Bir ad yazın.',
  searchSaved: (name: string) => `“${name}” filtrelere eklendi`,
  searchesFull: (limit: number) => `En çok ${n.tr(limit)} arama kaydedilebilir; önce birini kaldırın.`,
  savedSearch: (name: string) => `Kayıtlı arama: ${name}`,
  manage: 'Etiketleri ve kayıtlı aramaları düzenle'
}

const en: typeof tr = {
  unsnooze: 'End snooze',
  noFollowUp: 'Remove the reminder',
  ownTitle: 'Your own title',
  titleHint: (subject) => `Seen on this computer only. Empty, the subject on the server is shown: ${subject}`,
  noteHint: 'Kept on this computer only; never sent to the support staff.',
  tags: 'Tags',
  findTag: 'Find a tag or type a new name',
  newTag: (name) => `New tag: ${name}`,
  noTags: 'No tags yet. Type a name: customer, server, project…',
  tagsFull: (limit) => `A ticket can have at most ${n.en(limit)} ${limit === 1 ? 'tag' : 'tags'}.`,
  tagListFull: (limit) => `At most ${n.en(limit)} ${limit === 1 ? 'tag' : 'tags'} can be defined.`,
  withTag: (name) => `Tag: ${name}`,
  save: 'Save',
  cancel: 'Cancel',
  in: {
    hour: 'In 1 hour',
    tomorrow: 'Tomorrow',
    monday: 'Monday'
  },
  afterHours: (hours) =>
    hours < 48
      ? `No reply within ${n.en(hours)} ${hours === 1 ? 'hour' : 'hours'}`
      : `No reply within ${n.en(hours / 24)} days`,
  snoozeTitle: 'Snooze until when?',
  followUpTitle: 'When to remind you if there is no reply?',
  date: 'Date',
  time: 'Time',
  choose: 'Choose this time',
  inIstanbul: 'in Turkish time',
  needsTime: 'Choose a date and a time.',
  isPast: 'This time has passed; choose a later one.',
  saveSearchTitle: 'Save the search as a filter',
  searchName: 'Name',
  nameNeeded: 'Write a name.',
  searchSaved: (name) => `“${name}” is now among the filters`,
  searchesFull: (limit) =>
    `At most ${n.en(limit)} ${limit === 1 ? 'search' : 'searches'} can be saved; remove one first.`,
  savedSearch: (name) => `Saved search: ${name}`,
  manage: 'Edit tags and saved searches'
}

export const workDialog: Readonly<Record<Locale, typeof tr>> = { tr, en }
