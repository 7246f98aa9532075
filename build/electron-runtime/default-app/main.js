// Started by Electron for a folder argument: reads the folder's package.json and imports its main file, which may be an ES
// module. Sets the same app properties as Electron's own default app.
import { app } from 'electron'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'

Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
const folder = path.resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.')
try {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  if (manifest.version) app.setVersion(manifest.version)
  app.setName(manifest.productName ?? manifest.name)
  app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`)
  if (manifest.v8Flags) setFlagsFromString(manifest.v8Flags)
  app.setAppPath(folder)
  await import(pathToFileURL(path.resolve(folder, manifest.main ?? 'index.js')).href)
} catch (error) {
  console.error(`Cannot start the app in ${folder}: ${error.stack ?? error}`)
  app.exit(1)
}
