/**
 * Takes out of the unpacked app what is not to be shipped: Electron's own default app and note of its version, and on
 * Linux `chrome-sandbox`, which works only when it belongs to root and is setuid. Without it Chromium uses user
 * namespaces, or ends where a system has none; it never runs open.
 */
const { rm } = require('node:fs/promises')
const { join } = require('node:path')

const surplus = {
  linux: ['chrome-sandbox', 'version', 'resources/default_app.asar'],
  win32: ['version', 'resources/default_app.asar'],
  darwin: []
}

module.exports = async ({ appOutDir, electronPlatformName }) => {
  for (const path of surplus[electronPlatformName] ?? []) await rm(join(appOutDir, path), { force: true })
}
