/** Parts of a Handlebars syntax tree, told apart by their type. */
export type Program = hbs.AST.Program
export type Path = hbs.AST.PathExpression
type Node = hbs.AST.Node

export const isMustache = (node: Node): node is hbs.AST.MustacheStatement => node.type === 'MustacheStatement'
export const isBlock = (node: Node): node is hbs.AST.BlockStatement => node.type === 'BlockStatement'
export const isPath = (node: Node): node is Path => node.type === 'PathExpression'
export const isSubExpression = (node: Node): node is hbs.AST.SubExpression => node.type === 'SubExpression'

/** Where something stands in a source, line and column counting from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** The place of a node; Handlebars counts columns from 0. */
export function placeOf(node: Node): Place {
  return { line: node.loc.start.line, column: node.loc.start.column + 1 }
}

/** The place of an offset in a text. */
export function placeAt(source: string, offset: number): Place {
  const before = source.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  let line = 1
  for (let i = before.indexOf('\n'); i >= 0; i = before.indexOf('\n', i + 1)) line += 1
  return { line, column: offset - lineStart + 1 }
}
