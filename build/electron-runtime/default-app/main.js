// What Electron runs when it is given a folder: reads its package.json and starts its main file.
const { app } = require('electron')
const fs = require('node:fs')
const path = require('node:path')

const folder = path.resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.')
try {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  app.setName(manifest.productName ?? manifest.name)
  if (manifest.version) app.setVersion(manifest.version)
  app.setAppPath(folder)
  require(path.resolve(folder, manifest.main ?? 'index.js'))
} catch (error) {
  console.error(`Cannot start the app in ${folder}: ${error.stack ?? error}`)
  app.exit(1)
}
