/**
 * In place of ajv and ajv-formats, which conf (of electron-store) loads for its `schema` option. The app checks its settings
 * with zod, and 270 kB would be read at every start for nothing.
 */
export function Ajv2020(): never {
  throw new Error('The build leaves ajv out: conf’s option `schema` cannot be used')
}

export default { default: Ajv2020 }
