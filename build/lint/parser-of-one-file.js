import tsEslint from 'typescript-eslint'
import ts from 'typescript'

/**
 * A program without libraries, in which everything imported is `any`.
 * @param {string} fileName
 * @param {string} code
 */
function programOfOneFile(fileName, code) {
  const file = ts.createSourceFile(fileName, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  // Allows a name that ends in `.svelte`.
  const options = { allowNonTsExtensions: true, noLib: true, noResolve: true, types: [] }
  return ts.createProgram([fileName], options, {
    getSourceFile: (name) => (name === fileName ? file : undefined),
    fileExists: (name) => name === fileName,
    readFile: () => undefined,
    writeFile: () => undefined,
    getDefaultLibFileName: () => 'lib.d.ts',
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n'
  })
}

/**
 * typescript-eslint's parser, with the types that a component declares itself: what `svelte/no-unused-props` needs. With one
 * program of all files, TypeScript would read all of them anew for each component, which takes over a minute.
 */
export const parserOfOneFile = {
  ...tsEslint.parser,
  /**
   * @param {string} code
   * @param {{ filePath: string }} options
   */
  parseForESLint: (code, options) =>
    tsEslint.parser.parseForESLint(code, {
      ...options,
      programs: [programOfOneFile(options.filePath, code)]
    })
}
