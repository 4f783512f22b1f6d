import type { HttpOutcome, HttpStage } from './http-outcome.ts'

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'ENODATA', 'ESERVFAIL'])
const TCP = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
  'timeout',
  'aborted',
])
const REQUEST = new Set(['bad_address', 'insecure', 'LOCAL_ADDRESS', 'UND_ERR_INVALID_ARG', 'ERR_INVALID_CHAR'])

/** A request of which nothing was sent. The stage is told by the code where it is not given. */
export function refusalOf(stage: HttpStage | null, code: string, host: string): HttpOutcome {
  const where = stage ?? stageOf(code)
  return { kind: 'refused', stage: where, code, text: textOf(where, code, host) }
}

function stageOf(code: string): HttpStage {
  if (DNS.has(code)) return 'dns'
  if (REQUEST.has(code)) return 'request'
  if (/^(CERT_|ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_)/.test(code)) return 'tls'
  return TCP.has(code) || code.startsWith('E') ? 'tcp' : 'tls'
}

function textOf(stage: HttpStage, code: string, host: string): string {
  switch (stage) {
    case 'dns':
      return `The name ${host} was not found`
    case 'tcp':
      return code === 'aborted' ? 'Stopped before anything was sent' : `${host} cannot be reached`
    case 'tls':
      return `No safe connection to ${host} could be made`
    case 'request':
      return requestText(code, host)
  }
}

function requestText(code: string, host: string): string {
  switch (code) {
    case 'aborted':
      return 'Stopped before anything was sent'
    case 'bad_address':
      return 'The address is not one that begins with https://'
    case 'insecure':
      return `${host} must be asked by https://; in clear only this machine may be`
    case 'LOCAL_ADDRESS':
      return `${host} is an address of this machine or its network, which this account may not use`
    default:
      return 'The request cannot be written: a key or a header holds characters that it may not have'
  }
}
