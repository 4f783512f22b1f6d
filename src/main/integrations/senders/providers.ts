import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { SenderSettings } from '../../../shared/contract/sending.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Reader } from '../../storage/transaction.ts'
import { createComposer } from '../mime/compose.ts'
import type { Provider } from '../provider.ts'
import type { Endpoint, Login } from '../smtp/endpoint.ts'
import { createSmtpProvider } from '../smtp/smtp-provider.ts'
import { type Failure, unsupported } from '../smtp/stage.ts'
import type { Passwords } from './passwords.ts'
import { type StoredSender, senderStore } from './sender-store.ts'

/** How an account is reached. */
export interface Connection {
  readonly endpoint: Endpoint
  readonly login: () => Promise<Login | Failure>
}

/** What the practice accounts talk to. */
export interface PracticeDoor {
  connection(): Promise<Connection>
  smsProvider(): Promise<Provider>
}

/** Providers of accounts, kept until the account changes. */
export interface Providers {
  open(accountId: string): Promise<Provider>
  /** How the settings of an account would be reached; `password` is read when the server asks for a login. */
  connectionOf(settings: SenderSettings, password: () => Promise<string>): Promise<Connection>
  /** Ends the connections of an account that has changed; the next `open` makes new ones. */
  forget(accountId: string): Promise<void>
  close(): Promise<void>
}

/** Providers that are made when they are first asked for. */
export function createProviders(parts: {
  readonly reader: Reader
  readonly clock: Clock
  readonly passwords: Passwords
  readonly practice: PracticeDoor
}): Providers {
  const { reader, clock, passwords, practice } = parts
  const compose = createComposer()
  const opened = new Map<string, Promise<Provider>>()

  async function connectionOf(settings: SenderSettings, password: () => Promise<string>): Promise<Connection> {
    if (settings.provider === 'practice') return practice.connection()
    const { host, port, security, allowInvalidCertificate, user } = settings
    return {
      endpoint: { host, port, security, allowInvalidCertificate },
      login: () => loginOf(user, password),
    }
  }

  async function make(accountId: string): Promise<Provider> {
    const account: StoredSender | null = await senderStore.find(reader, accountId)
    if (!account) throw notFound('account', accountId)
    if (account.channel === 'sms') return practice.smsProvider()
    const connection = await connectionOf(account.settings, () => passwords.read(reader, accountId))
    return createSmtpProvider({ ...connection, concurrency: account.limits.concurrency, clock, compose })
  }

  async function forget(accountId: string): Promise<void> {
    const provider = opened.get(accountId)
    opened.delete(accountId)
    await (await provider?.catch(() => null))?.close()
  }

  return {
    open(accountId) {
      const known = opened.get(accountId)
      if (known) return known
      const fresh = make(accountId)
      opened.set(accountId, fresh)
      // What could not be made is asked for again next time.
      fresh.catch(() => opened.delete(accountId))
      return fresh
    },
    connectionOf,
    forget,
    async close() {
      await Promise.all([...opened.keys()].map(forget))
    },
  }
}

async function loginOf(user: string, password: () => Promise<string>): Promise<Login | Failure> {
  if (user === '') return { user, password: '' }
  try {
    return { user, password: await password() }
  } catch (error) {
    // A password that another host has encrypted: the account stops, and says what to do. A provider never throws.
    const text = error instanceof AppError ? error.message : 'The password could not be read. Type it again.'
    return unsupported('login', 'password_unreadable', text)
  }
}
