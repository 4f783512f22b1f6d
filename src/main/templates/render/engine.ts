import Handlebars from 'handlebars'
import { createFormats } from './formats.ts'
import { BUILT_IN_HELPERS, HELPER_NAMES, handlebarsHelpers } from './helpers.ts'
import { type Names, settleNames } from './names.ts'
import { type SyntaxProblem, syntaxProblem, tooDeep } from './syntax-problem.ts'
import type { Program } from './syntax-tree.ts'

/** A source that could be read. */
export interface Parsed {
  readonly kind: 'parsed'
  readonly program: Program
  readonly names: Names
}
export type Reading = Parsed | { readonly kind: 'broken'; readonly problem: SyntaxProblem }

/** A program turned into a function of its values. `escaping` says whether values are made safe for HTML. */
export type Filler = (values: Readonly<Record<string, unknown>>) => string

/** Handlebars of our own: only the helpers that are listed, own properties of values only, no partials, no decorators. */
export interface Engine {
  read(source: string): Reading
  /** Compiles a program that `read` gave without unknown helpers and unsupported parts. */
  compile(program: Program, escaping: 'html' | 'none'): Filler
}

/** Makes the engine. Compiling builds functions from source, so this lives in the main process alone (security.md Z15). */
export function createEngine(): Engine {
  const own = Handlebars.create()
  for (const name of Object.keys(own.helpers)) {
    const isNeeded = BUILT_IN_HELPERS.includes(name) || name === 'blockHelperMissing' || name === 'helperMissing'
    if (!isNeeded) own.unregisterHelper(name)
  }
  own.registerHelper(handlebarsHelpers(createFormats()))
  const knownHelpers = Object.fromEntries([...HELPER_NAMES].map(name => [name, true]))

  return {
    read(source) {
      const deep = tooDeep(source)
      if (deep) return { kind: 'broken', problem: deep }
      try {
        const program = own.parse(source)
        return { kind: 'parsed', program, names: settleNames(program) }
      } catch (error) {
        return { kind: 'broken', problem: syntaxProblem(source, error) }
      }
    },
    compile(program, escaping) {
      const template = own.compile<Readonly<Record<string, unknown>>>(program, {
        knownHelpers,
        knownHelpersOnly: true,
        noEscape: escaping === 'none',
        preventIndent: true,
      })
      return values => template(values, RUNTIME)
    },
  }
}

const RUNTIME: Handlebars.RuntimeOptions = {
  allowProtoMethodsByDefault: false,
  allowProtoPropertiesByDefault: false,
}
