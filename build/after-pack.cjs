/**
 * Changes the unpacked app before electron-builder packs it.
 *
 * Removes files that are not shipped: Electron's default app and version file, and on Linux `chrome-sandbox`, which works
 * only if it belongs to root and is setuid. Without it Chromium uses user namespaces, and exits on a system that has none;
 * it never runs without a sandbox.
 *
 * Sets the fuses that electron-builder.yml cannot set. Throws for an Electron with a fuse that is unknown here.
 */
const { rm } = require('node:fs/promises')
const { join } = require('node:path')

const removedFiles = {
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
  if (unknown.length > 0)
    throw new Error(`Unknown fuse ${unknown.join(', ')}: decide on its value in build/after-pack.cjs`)
  // On, as in Electron's default: without it V8 checks every memory access of WebAssembly in code. Electron 33, which
  // some tests use, does not have this fuse.
  if (FuseV1Options.WasmTrapHandlers in wire)
    await flipFuses(program, { version: FuseVersion.V1, [FuseV1Options.WasmTrapHandlers]: true })
}

module.exports = async (context) => {
  for (const path of removedFiles[context.electronPlatformName] ?? [])
    await rm(join(context.appOutDir, path), { force: true })
  await setFuses(programIn(context))
}
