import { createHash, createHmac } from 'node:crypto'

/** Whose requests are signed, and for what. */
export interface SigningTerms {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  readonly service: string
}

/** What is signed: a request complete but for its Authorization header. */
export interface UnsignedRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The headers that make a request one of AWS Signature Version 4: Host, X-Amz-Date and Authorization beside its own, all of
 * them signed (AWS Signature Version 4 signing process). `at` is epoch ms.
 */
export function signedHeaders(request: UnsignedRequest, terms: SigningTerms, at: number): Record<string, string> {
  const stamp = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const day = stamp.slice(0, 8)
  const headers: Record<string, string> = { ...request.headers, host: request.url.host, 'x-amz-date': stamp }
  const names = Object.keys(headers)
    .map(name => name.toLowerCase())
    .sort()
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const signed = names.join(';')
  const canonical = [
    request.method,
    canonicalPath(request.url.pathname),
    canonicalQuery(request.url.searchParams),
    ...names.map(name => `${name}:${(byName.get(name) ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    sha256(request.body),
  ].join('\n')
  const scope = `${day}/${terms.region}/${terms.service}/aws4_request`
  const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`
  const signature = hmac(signingKey(terms, day), toSign).toString('hex')
  const credential = `Credential=${terms.accessKeyId}/${scope}`
  headers.authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${signed}, Signature=${signature}`
  return headers
}

function signingKey({ secretAccessKey, region, service }: SigningTerms, day: string): Uint8Array {
  return [region, service, 'aws4_request'].reduce<Uint8Array>(
    (key, part) => hmac(key, part),
    hmac(`AWS4${secretAccessKey}`, day),
  )
}

// All services but S3 encode the path, which is encoded already, once more.
function canonicalPath(path: string): string {
  return path === '' ? '/' : path.split('/').map(encoded).join('/')
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&')
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

function hmac(key: string | Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest()
}
