import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '../../../shared/contract/failure.ts'
import type { DkimAlgorithm } from './sign.ts'

/** A key that can sign, in the forms in which it is kept and published. */
export interface DkimKeyPair {
  readonly algorithm: DkimAlgorithm
  /** PEM, PKCS #8. */
  readonly privateKey: string
  /** What stands behind `p=`: the SubjectPublicKeyInfo of an RSA key, the 32 octets of an Ed25519 key, in base64. */
  readonly publicKey: string
}

const generated = promisify(generateKeyPair)

/** Makes a key: RSA with 2,048 bits (RFC 8301), or Ed25519 (RFC 8463). */
export async function makeKeyPair(algorithm: DkimAlgorithm): Promise<DkimKeyPair> {
  const { privateKey } =
    algorithm === 'rsa-sha256' ? await generated('rsa', { modulusLength: 2048 }) : await generated('ed25519', {})
  return pairOf(privateKey)
}

/** Reads a private key that a person pasted. Fails with `invalid_input` when it is none, or one that servers refuse. */
export function readKeyPair(pem: string): DkimKeyPair {
  return pairOf(readPrivateKey(pem.trim()))
}

function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw refused('This is no private key. It begins with -----BEGIN PRIVATE KEY----- and has no passphrase.')
  }
}

function pairOf(key: KeyObject): DkimKeyPair {
  const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString()
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  if (key.asymmetricKeyType === 'ed25519') {
    // The key itself is the end of its SubjectPublicKeyInfo (RFC 8410).
    return { algorithm: 'ed25519-sha256', privateKey, publicKey: spki.subarray(-32).toString('base64') }
  }
  if (key.asymmetricKeyType !== 'rsa') throw refused('DKIM knows RSA and Ed25519 keys only.')
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  // RFC 8301 section 3.2: verifiers refuse less than 1,024 bits; more than 4,096 they need not know.
  if (bits < 1024) throw refused(`This key has ${bits} bits. Mail servers refuse fewer than 1,024; take 2,048.`)
  return { algorithm: 'rsa-sha256', privateKey, publicKey: spki.toString('base64') }
}

/** Where the public half of a key is published, and what the TXT record says. */
export function dnsRecordOf(
  key: { readonly domain: string; readonly selector: string } & Omit<DkimKeyPair, 'privateKey'>,
): {
  readonly name: string
  readonly text: string
} {
  return {
    name: `${key.selector}._domainkey.${key.domain}`,
    text: `v=DKIM1; k=${key.algorithm === 'rsa-sha256' ? 'rsa' : 'ed25519'}; p=${key.publicKey}`,
  }
}

function refused(message: string): AppError {
  return new AppError('invalid_input', message, { field: 'privateKey' })
}
