import { Resolver as DnsResolver } from 'node:dns/promises'
import type { LookUp, Resolver } from './resolver.ts'

const TIMEOUT_MS = 5000
// RFC 1035 and c-ares: the name is not there, or has no such record. Everything else is no answer.
const NOTHING = new Set(['ENOTFOUND', 'ENODATA'])

/** Asks the name servers that this machine uses. */
export function systemResolver(): Resolver {
  const dns = new DnsResolver({ timeout: TIMEOUT_MS, tries: 1 })
  return {
    txt: name => lookUp(async () => (await dns.resolveTxt(name)).map(strings => strings.join(''))),
    mx: name => lookUp(() => dns.resolveMx(name)),
    async address(name) {
      const four = await lookUp(() => dns.resolve4(name))
      return four.kind === 'found' ? four : lookUp(() => dns.resolve6(name))
    },
  }
}

async function lookUp<T>(ask: () => Promise<readonly T[]>): Promise<LookUp<T>> {
  try {
    const values = await ask()
    return values.length === 0 ? { kind: 'none' } : { kind: 'found', values }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return { kind: NOTHING.has(code) ? 'none' : 'failed' }
  }
}
