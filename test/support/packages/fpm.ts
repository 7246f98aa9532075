/**
 * A stand-in for fpm (https://fpm.readthedocs.io), which electron-builder downloads and calls to make a deb or an rpm:
 * the same command line, made into packages by the system's own `dpkg-deb` and `rpmbuild`. Without compression, since
 * tests install what it makes, and refuses an option that it does not know.
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Options that stand once, and may be left out. */
const singleOptions = [
  ...['-s', '-t', '--architecture', '--after-install', '--after-remove', '--description', '--version'],
  ...['--package', '--name', '--maintainer', '--vendor', '--url', '--license', '--category'],
  ...['--deb-priority', '--deb-compression', '--rpm-os', '--rpm-compression', '--rpm-summary']
] as const
const listOptions = ['-d', '--deb-recommends', '--exclude', '--directories'] as const

type Single = (typeof singleOptions)[number]
type List = (typeof listOptions)[number]

interface Order {
  readonly one: (name: Single) => string
  readonly all: (name: List) => readonly string[]
  /** `FROM=TO`: a file, or with a slash at its end what is in a folder. */
  readonly mappings: readonly string[]
}

const includes = <T extends string>(list: readonly T[], text: string): text is T =>
  (list as readonly string[]).includes(text)

export function parseOrder(argv: readonly string[]): Order {
  const singles = new Map<Single, string>()
  const lists = new Map<List, string[]>(listOptions.map((name) => [name, []]))
  const mappings: string[] = []
  const rest = [...argv]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--force') continue
    if (!word.startsWith('-')) mappings.push(word)
    else {
      const value = rest.shift()
      if (value === undefined) throw new Error(`${word} has no value`)
      if (includes(singleOptions, word)) singles.set(word, value)
      else if (includes(listOptions, word)) lists.get(word)?.push(value)
      else throw new Error(`The stand-in for fpm does not know ${word}`)
    }
  }
  return { one: (name) => singles.get(name) ?? '', all: (name) => lists.get(name) ?? [], mappings }
}

/** Everything below a folder, folders too, by paths from it. */
const below = (folder: string): readonly { readonly path: string; readonly isFolder: boolean }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => ({
    path: relative(folder, join(entry.parentPath, entry.name)),
    isFolder: entry.isDirectory()
  }))

/** The files as they will lie on the disk of whoever installs the package. */
function stageFiles(order: Order, staging: string): void {
  for (const mapping of order.mappings) {
    const at = mapping.lastIndexOf('=')
    const [from, to] = [mapping.slice(0, at), join(staging, mapping.slice(at + 1))]
    mkdirSync(from.endsWith('/') ? to : dirname(to), { recursive: true })
    cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
  }
  // They begin without a slash; what they name goes with all that is in it.
  for (const path of order.all('--exclude')) {
    if (/[*?[{]/.test(path)) throw new Error(`The stand-in for fpm excludes no pattern (${path})`)
    rmSync(join(staging, path), { recursive: true })
  }
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', staging])
}

/** A deb's: lines after the first begin with a space, empty ones are a dot. */
const debDescription = (text: string): string =>
  text
    .split('\n')
    .map((line, at) => (at === 0 ? line.trim() : ` ${line.trim() || '.'}`))
    .join('\n')

function buildDeb(order: Order, staging: string): void {
  const { one, all } = order
  const control = join(staging, 'DEBIAN')
  const [kibibytes] = execFileSync('du', ['-sk', staging]).toString().split('\t')
  mkdirSync(control)
  const lists = [
    ['Depends', all('-d')],
    ['Recommends', all('--deb-recommends')]
  ] as const
  const fields = [
    ['Package', one('--name')],
    ['Version', one('--version')],
    ['License', one('--license')],
    ['Vendor', one('--vendor')],
    ['Architecture', one('--architecture')],
    ['Maintainer', one('--maintainer')],
    ['Installed-Size', kibibytes],
    ...lists.flatMap(([name, list]) => (list.length > 0 ? [[name, list.join(', ')]] : [])),
    ['Section', one('--category') || 'default'],
    ['Priority', one('--deb-priority')],
    ['Homepage', one('--url')],
    ['Description', debDescription(one('--description'))]
  ]
  writeFileSync(join(control, 'control'), fields.map(([name, value]) => `${name}: ${value}\n`).join(''))
  for (const [option, script] of [
    ['--after-install', 'postinst'],
    ['--after-remove', 'postrm']
  ] as const) {
    copyFileSync(one(option), join(control, script))
    chmodSync(join(control, script), 0o755)
  }
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', staging, one('--package')], {
    stdio: ['ignore', 'ignore', 'inherit']
  })
}

/** fpm names files one by one; a folder belongs to the package only where it was told so, and stays behind otherwise. */
function rpmFiles(order: Order, staging: string): readonly string[] {
  const owned = order.all('--directories')
  const isOwned = (path: string): boolean => owned.some((one) => path === one || path.startsWith(`${one}/`))
  return below(staging).flatMap(({ path, isFolder }) => {
    if (!isFolder) return [`"/${path}"`]
    return isOwned(`/${path}`) ? [`%dir "/${path}"`] : []
  })
}

function buildRpm(order: Order, staging: string, work: string): void {
  const { one, all } = order
  const spec = join(work, 'package.spec')
  const script = (name: '--after-install' | '--after-remove'): string => readFileSync(one(name), 'utf8')
  const lines = [
    '%define __strip /bin/true',
    '%define __os_install_post %{nil}',
    '%define _build_id_links none',
    '%define debug_package %{nil}',
    'AutoReqProv: no',
    `Name: ${one('--name')}`,
    `Version: ${one('--version')}`,
    'Release: 1',
    `Summary: ${one('--rpm-summary')}`,
    `License: ${one('--license')}`,
    `Vendor: ${one('--vendor')}`,
    `URL: ${one('--url')}`,
    `Packager: ${one('--maintainer')}`,
    ...all('-d').map((name) => `Requires: ${name}`),
    '%description',
    one('--description'),
    '%install',
    `mkdir -p %{buildroot} && cp -a '${staging}/.' %{buildroot}/`,
    '%post',
    script('--after-install'),
    '%postun',
    script('--after-remove'),
    '%files',
    ...rpmFiles(order, staging),
    ''
  ]
  writeFileSync(spec, lines.join('\n'))
  const defines = [`_topdir ${work}`, `_rpmdir ${work}/out`, '_binary_payload w0.gzdio']
  execFileSync(
    'rpmbuild',
    [
      '-bb',
      `--target=${one('--architecture')}-linux`,
      ...defines.flatMap((define) => ['--define', define]),
      spec
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] }
  )
  const [made] = below(join(work, 'out')).filter(({ path }) => path.endsWith('.rpm'))
  if (!made) throw new Error('rpmbuild made nothing')
  copyFileSync(join(work, 'out', made.path), one('--package'))
}

function build(order: Order): void {
  const work = mkdtempSync(join(tmpdir(), 'bilet-fpm-'))
  try {
    const staging = join(work, 'staging')
    mkdirSync(staging, { mode: 0o755 })
    stageFiles(order, staging)
    const type = order.one('-t')
    if (type === 'deb') buildDeb(order, staging)
    else if (type === 'rpm') buildRpm(order, staging, work)
    else throw new Error(`The stand-in for fpm makes no ${type}`)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) build(parseOrder(process.argv.slice(2)))
