/**
 * What electron-builder leaves to be done in the unpacked app.
 *
 * Takes out what is not to be shipped: Electron's own default app and note of its version, and on Linux
 * `chrome-sandbox`, which works only when it belongs to root and is setuid. Without it Chromium uses user namespaces,
 * or ends where a system has none; it never runs open.
 *
 * Sets the fuses that electron-builder.yml cannot name, and refuses an Electron with one that nobody has decided on.
 */
const { rm } = require('node:fs/promises')
const { join } = require('node:path')

const surplus = {
  linux: ['chrome-sandbox', 'version', 'resources/default_app.asar'],
  win32: ['version', 'resources/default_app.asar'],
  darwin: []
}

const programIn = ({ appOutDir, electronPlatformName, packager }) =>
  join(
    appOutDir,
    {
      linux: packager.executableName,
      win32: `${packager.appInfo.productFilename}.exe`,
      darwin: `${packager.appInfo.productFilename}.app`
    }[electronPlatformName]
  )

async function setFuses(program) {
  const { flipFuses, getCurrentFuseWire, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  const { version: _, ...wire } = await getCurrentFuseWire(program)
  const unknown = Object.keys(wire).filter((index) => !(index in FuseV1Options))
  if (unknown.length > 0) throw new Error(`Nobody has decided on fuse ${unknown.join(', ')} of this Electron`)
  // On, as Electron has it: without, V8 checks every access of WebAssembly to its memory in code. Electron 33, on
  // which tests run, has no such fuse.
  if (FuseV1Options.WasmTrapHandlers in wire)
    await flipFuses(program, { version: FuseVersion.V1, [FuseV1Options.WasmTrapHandlers]: true })
}

module.exports = async (context) => {
  for (const path of surplus[context.electronPlatformName] ?? [])
    await rm(join(context.appOutDir, path), { force: true })
  await setFuses(programIn(context))
}
