import { fetchAttachment, type AttachmentAnswer } from '../../api/attachment.ts'
import { imageInfo } from '../../api/image-size.ts'
import type { Engine } from '../../sync/types.ts'
import type { AccountId, TicketRef } from '../../tickets/ticket.ts'
import type { Handlers } from '../dispatch.ts'
import type { Host } from '../host.ts'
import { saveFile } from '../save.ts'
import { succeed } from './outcomes.ts'

/** Bytes. Larger images would block the page. */
const maxImageBytes = 5 * 1024 * 1024
/** Bytes. Files are held in memory; larger ones can be opened in the browser. */
const maxFileBytes = 64 * 1024 * 1024
/** Each pixel takes four bytes of the window's memory, however small the file is. */
const maxImagePixels = 25_000_000

/** Commands for files that messages link to. Main fetches only linked URLs, and only on request. */
export function attachmentCommands({
  engine,
  host,
  fetchFor
}: {
  readonly engine: Engine
  readonly host: Host
  /** The fetch function for requests of this account that only read. */
  readonly fetchFor: (accountId: AccountId) => typeof fetch
}) {
  async function get(
    ref: TicketRef,
    url: string,
    maxBytes: number
  ): Promise<AttachmentAnswer & { name: string }> {
    const thread = engine.tickets.thread(ref)
    const attachments = thread.ok ? thread.value.messages.flatMap(({ attachments }) => attachments) : []
    const linked = attachments.find((one) => one.kind === 'link' && one.url === url)
    if (linked?.kind !== 'link')
      return { ok: false, error: { kind: 'invalid-address', field: 'url' }, name: '' }
    if (!(await host.mayContact(url, 'file'))) return { ok: false, error: { kind: 'host-refused' }, name: '' }
    const answer = await fetchAttachment(url, { fetch: fetchFor(ref.accountId), maxBytes })
    return { ...answer, name: linked.name }
  }

  return {
    'attachments.image': async ({ ref, url }) => {
      const file = await get(ref, url, maxImageBytes)
      if (!file.ok) return file
      const image = imageInfo(file.value)
      if (image === null || image.width * image.height > maxImagePixels) return succeed(null)
      return succeed(`data:${image.type};base64,${Buffer.from(file.value).toString('base64')}`)
    },
    'attachments.save': async ({ ref, url }, { windowId }) => {
      const file = await get(ref, url, maxFileBytes)
      if (!file.ok) return file
      const path = await host.chooseExportFile(fileName(file.name), windowId)
      return path === null ? succeed(false) : saveFile(path, [file.value])
    }
  } satisfies Partial<Handlers>
}

/** Removes characters that are special in file names on some system. */
const fileName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120) || 'ek'
