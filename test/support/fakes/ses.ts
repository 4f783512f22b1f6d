import { createHash, createHmac } from 'node:crypto'
import { type FakeAnswer, type FakeRequest, type HttpFake, startHttpFake } from './http-fake.ts'

/** The user whose requests the fake takes. */
export const SES_USER = {
  accessKeyId: 'AKIDEXAMPLE000000',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

/** A message as the fake took it. */
export interface SesMessage {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  readonly tags: Readonly<Record<string, string>>
  readonly configurationSet: string
}

export interface SesFake extends HttpFake {
  readonly messages: readonly SesMessage[]
  /** The account's suppression list. */
  suppress(email: string, reason: 'BOUNCE' | 'COMPLAINT', at: number): void
}

/** Follows the Amazon SES v2 API: SendEmail, GetAccount, GetEmailIdentity, ListSuppressedDestinations; signatures are checked. */
export async function startSesFake(region: string): Promise<SesFake> {
  const messages: SesMessage[] = []
  const suppressed: { readonly email: string; readonly reason: string; readonly at: number }[] = []

  function answer(request: FakeRequest): FakeAnswer {
    const wrong = whyUnsigned(request, region)
    if (wrong !== null) return problem(403, wrong, 'The request signature we calculated does not match')
    if (request.method === 'POST' && request.path === '/v2/email/outbound-emails') return send(request)
    if (request.method !== 'GET') return problem(405, 'MethodNotAllowed', '')
    if (request.path === '/v2/email/account') {
      const SendQuota = { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: messages.length }
      return ok({ SendingEnabled: true, ProductionAccessEnabled: true, EnforcementStatus: 'HEALTHY', SendQuota })
    }
    if (request.path === '/v2/email/suppression/addresses') return suppressions(request)
    if (request.path === '/v2/email/identities/example.com') return ok({ VerifiedForSendingStatus: true })
    if (request.path.startsWith('/v2/email/identities/')) return problem(404, 'NotFoundException', 'Identity not found')
    return problem(404, 'UnknownOperationException', '')
  }

  function send(request: FakeRequest): FakeAnswer {
    const body = JSON.parse(request.body)
    const to: unknown = body.Destination?.ToAddresses
    const data: unknown = body.Content?.Raw?.Data
    if (
      !Array.isArray(to) ||
      to.length !== 1 ||
      typeof data !== 'string' ||
      typeof body.FromEmailAddress !== 'string'
    ) {
      return problem(400, 'BadRequestException', '1 validation error detected')
    }
    const raw = Buffer.from(data, 'base64').toString('latin1')
    if (!/^From: /m.test(raw)) return problem(400, 'BadRequestException', "Missing 'From' header")
    if (!body.FromEmailAddress.endsWith('@example.com')) {
      return problem(400, 'MessageRejected', `Email address is not verified: ${body.FromEmailAddress}`)
    }
    const tags = (body.EmailTags ?? []).map((tag: { Name: string; Value: string }) => [tag.Name, tag.Value])
    messages.push({
      from: body.FromEmailAddress,
      to,
      raw,
      tags: Object.fromEntries(tags),
      configurationSet: body.ConfigurationSetName ?? '',
    })
    return ok({ MessageId: `0107018f-${messages.length}` })
  }

  function suppressions(request: FakeRequest): FakeAnswer {
    const since = Number(request.query.get('StartDate')) * 1000
    const from = Number(request.query.get('NextToken') ?? 0)
    const found = suppressed.filter(one => one.at >= since)
    // Two a page, so that there are several.
    const SuppressedDestinationSummaries = found
      .slice(from, from + 2)
      .map(({ email, reason, at }) => ({ EmailAddress: email, Reason: reason, LastUpdateTime: at / 1000 }))
    return ok({ SuppressedDestinationSummaries, ...(found.length > from + 2 ? { NextToken: String(from + 2) } : {}) })
  }

  const fake = await startHttpFake(answer)
  return { ...fake, messages, suppress: (email, reason, at) => suppressed.push({ email, reason, at }) }
}

/** An error as SES words it. */
export function problem(status: number, code: string, message: string): FakeAnswer {
  return { status, headers: { 'x-amzn-errortype': `${code}:http://internal.amazon.com/coral/` }, body: { message } }
}

function ok(body: unknown): FakeAnswer {
  return { status: 200, body }
}

/** What AWS would complain of, by a reading of the specification that is not the application's. */
function whyUnsigned(request: FakeRequest, region: string): string | null {
  const header = request.headers.authorization ?? ''
  const parts =
    /Credential=([^/]+)\/(\d{8})\/([^/]+)\/ses\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      header,
    )
  if (!header.startsWith('AWS4-HMAC-SHA256 ') || parts === null) return 'IncompleteSignature'
  const [, user, day = '', signedFor, names = '', signature] = parts
  if (user !== SES_USER.accessKeyId) return 'UnrecognizedClientException'
  if (signedFor !== region || !names.split(';').includes('host')) return 'SignatureDoesNotMatch'
  const query = [...request.query]
    .map(pair => pair.map(encodeURIComponent).join('='))
    .sort()
    .join('&')
  const path = request.path.split('/').map(encodeURIComponent).join('/')
  const headers = names.split(';').map(name => `${name}:${request.headers[name] ?? ''}\n`)
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
  const canonical = `${request.method}\n${path}\n${query}\n${headers.join('')}\n${names}\n${hash(request.body)}`
  const toSign = `AWS4-HMAC-SHA256\n${request.headers['x-amz-date']}\n${day}/${region}/ses/aws4_request\n${hash(canonical)}`
  let key: Buffer | string = `AWS4${SES_USER.secretAccessKey}`
  for (const piece of [day, region, 'ses', 'aws4_request', toSign]) {
    key = createHmac('sha256', key).update(piece).digest()
  }
  return Buffer.isBuffer(key) && key.toString('hex') === signature ? null : 'SignatureDoesNotMatch'
}
