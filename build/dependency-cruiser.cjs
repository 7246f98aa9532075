/** Allowed imports between folders, checked by `npm run check:imports`. */
const room = (name) => `^electron/${name}/`
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const onlyRooms = (name, ...known) =>
  forbid(
    `${name}-knows`,
    `electron/${name} knows only ${known.join(', ') || 'nobody'}`,
    { path: room(name) },
    { path: '^(electron|renderer|test|build)/', pathNot: [room(name), ...known.map(room)] }
  )

module.exports = {
  forbidden: [
    forbid('no-circular', 'A circle has no first line to read', {}, { circular: true }),
    forbid('no-unresolved', 'Every import exists', {}, { couldNotResolve: true, pathNot: '^electron$' }),
    onlyRooms('tickets'),
    onlyRooms('api', 'tickets'),
    onlyRooms('sync', 'tickets', 'api', 'storage'),
    onlyRooms('storage', 'tickets'),
    onlyRooms('demo', 'tickets'),
    // The words for the engine's problems are the windows' ones.
    forbid(
      'cli-knows',
      'electron/cli knows only tickets, sync, ipc and the words for problems',
      { path: room('cli') },
      {
        path: '^(electron|renderer|test|build)/',
        pathNot: [...['cli', 'tickets', 'sync', 'ipc'].map(room), '^renderer/lib/i18n/problems\\.ts$']
      }
    ),
    onlyRooms('desktop', 'tickets', 'api', 'sync', 'storage', 'demo', 'ipc'),
    onlyRooms('ipc', 'tickets', 'api', 'sync', 'storage', 'demo'),
    forbid(
      'core-without-electron',
      'What the core needs of Electron comes in through constructors',
      {
        path: '^electron/(tickets|api|sync|storage|demo|cli|ipc/contract|core|preview)',
        pathNot: '^electron/storage/vault\\.ts$'
      },
      { path: '^node_modules/electron/|^electron$' }
    ),
    forbid(
      'preview-alone',
      'Only the preview knows the preview',
      { path: '^(electron|renderer)/', pathNot: room('preview') },
      { path: room('preview') }
    ),
    forbid(
      'tickets-pure',
      'The domain does no I/O',
      { path: room('tickets') },
      { dependencyTypes: ['core'] }
    ),
    forbid(
      'renderer-knows',
      'The renderer takes from the main process only the contract (types) and the domain',
      { path: '^renderer/' },
      { path: '^electron/', pathNot: ['^electron/ipc/contract\\.ts$', room('tickets')] }
    ),
    forbid(
      'contract-types-only',
      'The contract carries schemas; the renderer needs only its types',
      { path: '^renderer/' },
      { path: '^electron/ipc/contract\\.ts$', dependencyTypesNot: ['type-only'] }
    ),
    forbid(
      'renderer-no-node',
      'No Node in the renderer',
      { path: '^renderer/' },
      { dependencyTypes: ['core'] }
    ),
    forbid(
      'no-tests-in-app',
      'The app never loads test code',
      { path: '^(electron|renderer)/' },
      { path: '^test/' }
    )
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'svelte', 'default', 'types']
    }
  }
}
