import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultWorkspace } from '../host/default-folder.ts'

/** A command that was typed wrongly; the message says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type OptionKinds = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: boolean }>>

/** What was typed after the name of a command. */
export interface Arguments {
  /** The workspace folder, absolute. */
  readonly folder: string
  readonly positionals: readonly string[]
  text(name: string): string | undefined
  texts(name: string): readonly string[]
  flag(name: string): boolean
}

/** Reads the options of a command; `--workspace DIR` is understood everywhere. Throws UsageError. */
export function readArguments(args: readonly string[], options: OptionKinds, positionals: number): Arguments {
  const { values, positionals: rest } = parsed(args, options)
  if (rest.length > positionals) throw new UsageError(`Unexpected: ${rest.slice(positionals).join(' ')}`)
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const folder = text('workspace')
  return {
    folder: folder === undefined ? defaultWorkspace() : resolve(folder),
    positionals: rest,
    text,
    texts(name) {
      const value = values[name]
      return Array.isArray(value) ? value.filter(entry => typeof entry === 'string') : []
    },
    flag: name => values[name] === true,
  }
}

function parsed(
  args: readonly string[],
  options: OptionKinds,
): { values: Readonly<Record<string, unknown>>; positionals: readonly string[] } {
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, workspace: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** A whole number between two bounds. */
export function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`--${name} must be a whole number from ${least} to ${most}, not "${text}"`)
  return value
}
