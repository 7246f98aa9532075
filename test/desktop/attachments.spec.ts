import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/desktop/fixtures.ts'
import { connect, rowOf } from '../support/desktop/steps.ts'
import { pngHeader } from '../support/png-header.ts'

/** Serves `files` by path. `asked` lists the requested paths. */
async function serve(
  files: Readonly<Record<string, Buffer>>
): Promise<{ readonly origin: string; readonly asked: string[]; readonly server: Server }> {
  const asked: string[] = []
  const server = createServer(({ url = '' }, answer) => {
    asked.push(url)
    answer.writeHead(files[url] ? 200 : 404, { 'content-type': 'image/png' }).end(files[url])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, server }
}

test('a picture is fetched when it is asked for, and shown unless it would fill the memory; files cannot be sent', async ({
  stage,
  demo,
  launch
}) => {
  const icon = readFileSync(join(stage.folder, 'app', 'dist', 'icons', '128x128.png'))
  const { origin, asked, server } = await serve({ '/icon.png': icon, '/bomb.png': pngHeader(60_000, 60_000) })
  const ids = ['/icon.png', '/bomb.png'].map((path) =>
    demo.addTicket({ message: `Ekran görüntüsü: ${path}`, attachment: `${origin}${path}` })
  )
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  const [small = 0, large = 0] = ids

  await test.step('main fetches it on a click, not before', async () => {
    await rowOf(inbox, small).click()
    const show = inbox.getByRole('button', { name: 'Show icon.png' })
    await expect(show).toBeVisible()
    expect(asked).toEqual([])
    await show.click()
    const image = inbox.getByRole('img', { name: 'icon.png' })
    await expect.poll(() => image.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(128)
    expect(asked).toEqual(['/icon.png'])
  })

  await test.step('few bytes that claim to be 3,600 megapixels are not drawn', async () => {
    await rowOf(inbox, large).click()
    await inbox.getByRole('button', { name: 'Show bomb.png' }).focus()
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByText(/^It cannot be shown here/)).toBeVisible()
    await expect(inbox.getByRole('img', { name: 'bomb.png' })).toHaveCount(0)
  })

  await test.step('a file that is dropped on the reply leads to the panel, and the window stays', async () => {
    const before = inbox.url()
    const data = await inbox.evaluateHandle(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['x'], 'ekran.png', { type: 'image/png' }))
      return transfer
    })
    const box = inbox.getByRole('textbox', { name: 'Message' })
    await box.dispatchEvent('dragover', { dataTransfer: data })
    await box.dispatchEvent('drop', { dataTransfer: data })
    await expect(inbox.getByText(/API does not accept files/)).toBeVisible()
    await expect(box).toHaveValue('')
    expect(inbox.url()).toBe(before)
  })

  await test.step('so does one that is pasted', async () => {
    const told = inbox.getByText(/API does not accept files/)
    await inbox.getByRole('button', { name: 'Close', exact: true }).click()
    await expect(told).toHaveCount(0)
    await inbox.getByRole('textbox', { name: 'Message' }).evaluate((box) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File(['x'], 'ekran.png', { type: 'image/png' }))
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })
    await expect(told).toBeVisible()
  })

  await test.step('messages are gone through and copied by keyboard', async () => {
    await rowOf(inbox, 272298).click()
    await inbox.getByRole('article').last().waitFor()
    await inbox.getByRole('region', { name: 'Conversation' }).focus()
    await inbox.keyboard.press('Shift+K')
    await expect(inbox.getByRole('article').last()).toBeFocused()
    for (let i = 0; i < 20; i++) await inbox.keyboard.press('Shift+K')
    await expect(inbox.getByRole('article').first()).toBeFocused()
    await inbox.keyboard.press('c')
    await expect
      .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
      .toMatch(/^Sunucuma SSH ile bağlanamıyorum/)
  })
  server.close()
})
