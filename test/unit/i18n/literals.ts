/** Extracts the texts of one language from a source file: the strings in objects named `tr` or `en`. */
import ts from 'typescript'

/** Replacement for the expressions of a template. */
export const filled = '…'

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return null
  return node.head.text + node.templateSpans.map(({ literal }) => filled + literal.text).join('')
}

export function literalsOf(source: string, locale: 'tr' | 'en'): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node, isInTable: boolean): void => {
    const isTable =
      (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) &&
      ts.isIdentifier(node.name) &&
      node.name.text === locale
    const text = isInTable ? textOf(node) : null
    if (text !== null) found.push(text)
    ts.forEachChild(node, (child) => visit(child, isInTable || isTable))
  }
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest), false)
  return found
}
