import { generateKeyPairSync } from 'node:crypto'
import type { BenchResult } from './bench-result.ts'
import { measureSending } from './send.ts'

/** Sending with every message signed by DKIM (RSA-2048), against a nodemailer pool that signs by itself. */
export function benchSendDkim(size = 20_000): Promise<BenchResult> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return measureSending(size, privateKey)
}
