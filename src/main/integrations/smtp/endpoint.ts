import { isIP } from 'node:net'

/** Where a server is and how it is spoken to. */
export interface Endpoint {
  readonly host: string
  readonly port: number
  readonly security: 'tls' | 'starttls' | 'none'
  readonly allowInvalidCertificate: boolean
}

/** Who signs in; no login when `user` is empty. */
export interface Login {
  readonly user: string
  readonly password: string
  /** Signs in by XOAUTH2 with this token instead of the password. */
  readonly accessToken?: string
}

/** Whether a host name can only mean this machine. Only there may anything go in clear. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost' || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}
