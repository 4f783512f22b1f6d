import { mergeFieldName, standardName } from '../../../shared/domain/merge-field.ts'
import { HELPER_NAMES, SCOPING_HELPERS } from './helpers.ts'
import {
  isBlock,
  isMustache,
  isPath,
  isSubExpression,
  type Path,
  type Place,
  type Program,
  placeOf,
} from './syntax-tree.ts'

/** A field that a template reads. */
export interface FieldUse extends Place {
  readonly name: string
  readonly written: string
}

/** What a template refers to. */
export interface Names {
  readonly fields: readonly FieldUse[]
  readonly unknownHelpers: readonly (Place & { readonly name: string })[]
  /** Partials, decorators and raw blocks: parts of Handlebars that templates do not have. */
  readonly unsupported: readonly (Place & { readonly what: string })[]
  /** Values that are printed without escaping: {{{x}}} and {{&x}}. */
  readonly unescaped: readonly Place[]
  /** The deepest nesting of loops. */
  readonly loopDepth: number
}

interface Scope {
  /** How many enclosing blocks look at a thing of their own. */
  readonly inner: number
  readonly loops: number
  /** Names given by `as |x|`. */
  readonly locals: ReadonlySet<string>
}

/**
 * Finds every name in a freshly parsed program and, in the same pass, puts each field into its one spelling: aliases become the
 * documented name, and a field inside a loop is looked up in the message. The program is the caller's own and is changed in place:
 * a copy of the tree would only be thrown away.
 */
export function settleNames(program: Program): Names {
  const fields: FieldUse[] = []
  const unknownHelpers: (Place & { readonly name: string })[] = []
  const unsupported: (Place & { readonly what: string })[] = []
  const unescaped: Place[] = []
  let loopDepth = 0

  function field(path: Path, scope: Scope): void {
    const parts = path.data && path.parts[0] === 'root' ? path.parts.slice(1) : path.parts
    const atRoot = (path.data && path.parts[0] === 'root') || (!path.data && path.depth >= scope.inner)
    const written = parts.join('.')
    if (parts.length === 0 || (path.data && path.parts[0] !== 'root')) return
    if (!path.data && path.depth === 0 && scope.locals.has(parts[0] ?? '')) return
    const isOwn = /^(this\b|\.\/)/.test(path.original)
    if (!atRoot && (isOwn || standardName(written) === null)) return
    const name = mergeFieldName(written)
    fields.push({ name, written, ...placeOf(path) })
    path.depth = 0
    path.data = scope.inner > 0
    path.parts = scope.inner > 0 ? ['root', name] : [name]
    // `this.` keeps Handlebars from taking a field for a helper of the same name.
    path.original = scope.inner > 0 ? `@root.${name}` : `this.${name}`
  }

  function argument(node: hbs.AST.Expression, scope: Scope): void {
    if (isPath(node)) field(node, scope)
    else if (isSubExpression(node)) call(node, scope)
  }

  function call(
    node: { path: hbs.AST.Node; params: hbs.AST.Expression[]; hash?: hbs.AST.Hash | undefined },
    scope: Scope,
  ): void {
    if (isPath(node.path) && !HELPER_NAMES.has(node.path.original)) {
      unknownHelpers.push({ name: node.path.original, ...placeOf(node.path) })
    }
    for (const parameter of node.params) argument(parameter, scope)
    for (const pair of node.hash?.pairs ?? []) argument(pair.value, scope)
  }

  function block(node: hbs.AST.BlockStatement, scope: Scope): void {
    if (!isPath(node.path)) return
    const name = node.path.original
    const isCall = HELPER_NAMES.has(name) || node.params.length > 0
    if (isCall) call(node, scope)
    else field(node.path, scope)
    // A section over a field ({{#tags}}…{{/tags}}) loops over it or looks into it, as #each and #with do.
    const scoping = !isCall || SCOPING_HELPERS.includes(name)
    const loops = scope.loops + (scoping && name !== 'with' ? 1 : 0)
    loopDepth = Math.max(loopDepth, loops)
    // The types promise a program, but {{^x}} has only the inverse.
    const shown: Program | undefined = node.program
    if (shown) statements(shown, { ...scope, inner: scope.inner + (scoping ? 1 : 0), loops })
    if (node.inverse) statements(node.inverse, scope)
  }

  function statements(within: Program, outer: Scope): void {
    const scope = { ...outer, locals: new Set([...outer.locals, ...(within.blockParams ?? [])]) }
    for (const node of within.body) {
      if (isMustache(node)) {
        if (!node.escaped) unescaped.push(placeOf(node))
        if (node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0) call(node, scope)
        else if (isPath(node.path)) field(node.path, scope)
      } else if (isBlock(node)) block(node, scope)
      else if (node.type.startsWith('Partial')) unsupported.push({ what: 'A partial ({{> …}})', ...placeOf(node) })
      else if (node.type.startsWith('Decorator')) unsupported.push({ what: 'A decorator ({{* …}})', ...placeOf(node) })
    }
  }

  statements(program, { inner: 0, loops: 0, locals: new Set() })
  return { fields, unknownHelpers, unsupported, unescaped, loopDepth }
}
