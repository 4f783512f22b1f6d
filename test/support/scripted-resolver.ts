import type { LookUp, Resolver } from '../../src/main/integrations/domain-check/resolver.ts'

/** What the DNS of a test says. Names that are not there have no records; `isOffline` answers nothing. */
export interface ScriptedNames {
  readonly txt?: Readonly<Record<string, readonly string[]>>
  readonly mx?: Readonly<Record<string, readonly { readonly exchange: string; readonly priority: number }[]>>
  readonly address?: Readonly<Record<string, readonly string[]>>
  readonly isOffline?: boolean
}

/** A resolver that answers from a table and counts what it was asked. */
export function scriptedResolver(names: ScriptedNames = {}): Resolver & { asked(): number } {
  let asked = 0
  const answer = <T>(values: readonly T[] | undefined): Promise<LookUp<T>> => {
    asked += 1
    if (names.isOffline === true) return Promise.resolve({ kind: 'failed' })
    return Promise.resolve(values === undefined || values.length === 0 ? { kind: 'none' } : { kind: 'found', values })
  }
  return {
    txt: name => answer(names.txt?.[name]),
    mx: name => answer(names.mx?.[name]),
    address: name => answer(names.address?.[name]),
    asked: () => asked,
  }
}
