import type { Engine } from '../../sync/types.ts'
import { cleanToken, looksLikeToken, type ClipboardLook } from '../../tickets/text/token.ts'
import type { AppState } from '../contract.ts'
import type { Handlers } from '../dispatch.ts'
import type { Host } from '../host.ts'
import type { NoticeBoard } from '../notice-board.ts'
import { saveFile } from '../save.ts'
import { done, succeed } from './outcomes.ts'

/** Commands for the app state, diagnostics, updates, notices, windows, external links and the clipboard. */
export const appCommands = ({
  engine,
  host,
  notices,
  state
}: {
  readonly engine: Engine
  readonly host: Host
  readonly notices: NoticeBoard
  readonly state: () => AppState
}) =>
  ({
    'app.state': () => succeed(state()),
    'app.diagnostics': () => succeed(host.diagnostics(engine.control.diagnostics()).join('\n')),
    'diagnostics.save': async ({ text }, { windowId }) => {
      const path = await host.chooseExportFile('bilet-diagnostics.txt', windowId)
      return path === null ? succeed(false) : saveFile(path, [`${text}\n`])
    },
    'updates.act': async ({ act }) => {
      await host.actOnUpdate(act)
      return succeed(host.update())
    },

    'notices.dismiss': ({ kind, detail }) => {
      notices.dismiss(kind, detail)
      return done
    },
    'notices.showFile': ({ name }) => {
      const path = engine.control.setAsidePath(name) ?? host.setAsidePath(name)
      if (path !== null) host.showFile(path)
      return succeed(path !== null)
    },

    'proxy.signIn': async (credentials) => {
      host.signInToProxy(credentials)
      await engine.control.check('asked')
      return done
    },
    'network.changed': () => {
      host.checkNetwork()
      return done
    },

    'window.open': ({ window, template }) => {
      host.openWindow(window, template)
      return done
    },
    'window.close': (_, caller) => {
      caller.closeWindow()
      return done
    },
    'window.leave': ({ view }, caller) => {
      caller.leave(view)
      return done
    },
    'window.view': (_, caller) => succeed(caller.takeView()),
    'link.open': async ({ url }) =>
      (await host.openExternal(url)) ? done : { ok: false, error: { kind: 'invalid-address', field: 'url' } },
    'clipboard.write': async ({ text }) => {
      await host.writeClipboard(text)
      return done
    },
    'clipboard.look': async (_, { windowId }) => {
      if (host.clipboardAsks) return succeed<ClipboardLook>('unread')
      return succeed<ClipboardLook>(looksLikeToken(await host.readClipboard(windowId)) ? 'token' : 'other')
    },
    'clipboard.readToken': async (_, { windowId }) => {
      const text = await host.readClipboard(windowId)
      return succeed(looksLikeToken(text) ? cleanToken(text) : null)
    }
  }) satisfies Partial<Handlers>
