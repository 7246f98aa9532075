/**
 * A replacement for fpm (https://fpm.readthedocs.io), which electron-builder would download to build debs and rpms. Accepts the
 * same command line and builds packages with the system's `dpkg-deb` and `rpmbuild`, without compression, to be faster.
 * Throws for an unknown option.
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

/** Optional options with a single value. */
const singleOptions = [
  ...['-s', '-t', '--architecture', '--after-install', '--after-remove', '--description', '--version'],
  ...['--package', '--name', '--maintainer', '--vendor', '--url', '--license', '--category'],
  ...['--deb-priority', '--deb-compression', '--rpm-os', '--rpm-compression', '--rpm-summary']
] as const
const listOptions = ['-d', '--deb-recommends', '--exclude', '--directories'] as const

type Single = (typeof singleOptions)[number]
type List = (typeof listOptions)[number]

interface Order {
  readonly single: (name: Single) => string
  readonly all: (name: List) => readonly string[]
  /** `FROM=TO`: a file, or the contents of a folder if FROM ends with a slash. */
  readonly mappings: readonly string[]
}

const includes = <T extends string>(list: readonly T[], text: string): text is T =>
  (list as readonly string[]).includes(text)

export function parseOrder(argv: readonly string[]): Order {
  const singles = new Map<Single, string>()
  const lists = new Map<List, string[]>(listOptions.map((name) => [name, []]))
  const mappings: string[] = []
  const rest = [...argv]
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--force') continue
    if (!argument.startsWith('-')) mappings.push(argument)
    else {
      const value = rest.shift()
      if (value === undefined) throw new Error(`${argument} has no value`)
      if (includes(singleOptions, argument)) singles.set(argument, value)
      else if (includes(listOptions, argument)) lists.get(argument)?.push(value)
      else throw new Error(`The stand-in for fpm does not know ${argument}`)
    }
  }
  return { single: (name) => singles.get(name) ?? '', all: (name) => lists.get(name) ?? [], mappings }
}

/** All files and folders below a folder, with relative paths. */
const below = (folder: string): readonly { readonly path: string; readonly isFolder: boolean }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => ({
    path: relative(folder, join(entry.parentPath, entry.name)),
    isFolder: entry.isDirectory()
  }))

/** Copies the files to `staging`, with the paths and modes of an installed package. */
function stageFiles(order: Order, staging: string): void {
  for (const mapping of order.mappings) {
    const at = mapping.lastIndexOf('=')
    const [from, to] = [mapping.slice(0, at), join(staging, mapping.slice(at + 1))]
    mkdirSync(from.endsWith('/') ? to : dirname(to), { recursive: true })
    cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
  }
  // Paths without a leading slash; a folder is excluded with its contents.
  for (const path of order.all('--exclude')) {
    if (/[*?[{]/.test(path)) throw new Error(`The stand-in for fpm excludes no pattern (${path})`)
    rmSync(join(staging, path), { recursive: true })
  }
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', staging])
}

/** Formats the description for a deb: lines after the first start with a space, and empty lines contain a dot. */
const debDescription = (text: string): string =>
  text
    .split('\n')
    .map((line, at) => (at === 0 ? line.trim() : ` ${line.trim() || '.'}`))
    .join('\n')

function buildDeb(order: Order, staging: string): void {
  const { single, all } = order
  const control = join(staging, 'DEBIAN')
  const [kibibytes] = execFileSync('du', ['-sk', staging]).toString().split('\t')
  mkdirSync(control)
  const lists = [
    ['Depends', all('-d')],
    ['Recommends', all('--deb-recommends')]
  ] as const
  const fields = [
    ['Package', single('--name')],
    ['Version', single('--version')],
    ['License', single('--license')],
    ['Vendor', single('--vendor')],
    ['Architecture', single('--architecture')],
    ['Maintainer', single('--maintainer')],
    ['Installed-Size', kibibytes],
    ...lists.flatMap(([name, list]) => (list.length > 0 ? [[name, list.join(', ')]] : [])),
    ['Section', single('--category') || 'default'],
    ['Priority', single('--deb-priority')],
    ['Homepage', single('--url')],
    ['Description', debDescription(single('--description'))]
  ]
  writeFileSync(join(control, 'control'), fields.map(([name, value]) => `${name}: ${value}\n`).join(''))
  for (const [option, script] of [
    ['--after-install', 'postinst'],
    ['--after-remove', 'postrm']
  ] as const) {
    copyFileSync(single(option), join(control, script))
    chmodSync(join(control, script), 0o755)
  }
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', staging, single('--package')], {
    stdio: ['ignore', 'ignore', 'inherit']
  })
}

/** The `%files` lines. As with fpm, folders belong to the package (and are removed with it) only if given by `--directories`. */
function rpmFiles(order: Order, staging: string): readonly string[] {
  const owned = order.all('--directories')
  const isOwned = (path: string): boolean =>
    owned.some((folder) => path === folder || path.startsWith(`${folder}/`))
  return below(staging).flatMap(({ path, isFolder }) => {
    if (!isFolder) return [`"/${path}"`]
    return isOwned(`/${path}`) ? [`%dir "/${path}"`] : []
  })
}

function buildRpm(order: Order, staging: string, work: string): void {
  const { single, all } = order
  const spec = join(work, 'package.spec')
  const script = (name: '--after-install' | '--after-remove'): string => readFileSync(single(name), 'utf8')
  const lines = [
    '%define __strip /bin/true',
    '%define __os_install_post %{nil}',
    '%define _build_id_links none',
    '%define debug_package %{nil}',
    'AutoReqProv: no',
    `Name: ${single('--name')}`,
    `Version: ${single('--version')}`,
    'Release: 1',
    `Summary: ${single('--rpm-summary')}`,
    `License: ${single('--license')}`,
    `Vendor: ${single('--vendor')}`,
    `URL: ${single('--url')}`,
    `Packager: ${single('--maintainer')}`,
    ...all('-d').map((name) => `Requires: ${name}`),
    '%description',
    single('--description'),
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
      `--target=${single('--architecture')}-linux`,
      ...defines.flatMap((define) => ['--define', define]),
      spec
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] }
  )
  const [made] = below(join(work, 'out')).filter(({ path }) => path.endsWith('.rpm'))
  if (!made) throw new Error('rpmbuild made nothing')
  copyFileSync(join(work, 'out', made.path), single('--package'))
}

function build(order: Order): void {
  const work = mkdtempSync(join(tmpdir(), 'bilet-fpm-'))
  try {
    const staging = join(work, 'staging')
    mkdirSync(staging, { mode: 0o755 })
    stageFiles(order, staging)
    const type = order.single('-t')
    if (type === 'deb') buildDeb(order, staging)
    else if (type === 'rpm') buildRpm(order, staging, work)
    else throw new Error(`The stand-in for fpm makes no ${type}`)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) build(parseOrder(process.argv.slice(2)))
