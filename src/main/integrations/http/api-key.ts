import { AppError } from '../../../shared/contract/failure.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Fault } from '../provider.ts'

/** A secret, or why there is none. */
export type ApiKey =
  | { readonly kind: 'key'; readonly text: string }
  | { readonly kind: 'missing'; readonly fault: Fault }

// Reading means a query and a decryption: too much for each message. No timer forgets it: one would keep the process alive.
const KEPT_MS = 30_000

/** Reads a secret where it is used, and reads it anew when half a minute has passed. Never throws. */
export function createApiKey(read: () => Promise<string>, clock: Clock): () => Promise<ApiKey> {
  let kept: Promise<ApiKey> | null = null
  let until = 0
  return () => {
    const now = clock.now()
    if (kept !== null && now < until) return kept
    until = now + KEPT_MS
    const fresh = readKey(read)
    kept = fresh
    return fresh
  }
}

async function readKey(read: () => Promise<string>): Promise<ApiKey> {
  try {
    const text = (await read()).trim()
    return text === '' ? missing('no_key', 'No key is kept for this account: type it again.') : { kind: 'key', text }
  } catch (error) {
    // Encrypted by another host: the account stops and says what to do.
    return missing(
      'key_unreadable',
      error instanceof AppError ? error.message : 'The key could not be read: type it again.',
    )
  }
}

function missing(code: string, reply: string): ApiKey {
  return { kind: 'missing', fault: { class: 'account', code, reply } }
}
