import { type FakeAnswer, type FakeRequest, formOf, type HttpFake, startHttpFake } from './http-fake.ts'

/** A message or a call as the fake keeps it. */
export interface TwilioRecord {
  readonly sid: string
  readonly form: Readonly<Record<string, string>>
  status: string
  error_code: number | null
  price: string | null
  answered_by: string | null
  direction: string
  date_created: string
}

/** Twilio's API 2010-04-01 as its documentation has it: Messages, Calls, the account and its numbers. */
export interface TwilioFake extends HttpFake {
  readonly accountSid: string
  readonly authToken: string
  readonly messages: TwilioRecord[]
  readonly calls: TwilioRecord[]
  /** What a call comes to, one after the other: each is a list of statuses, one for each time it is asked. */
  readonly callScript: { statuses: string[]; answeredBy?: string }[]
  accountStatus: string
  receive(message: { from: string; body: string; at: string }): void
}

// Twilio's own test numbers, and what its documentation says of each.
const REFUSED: Readonly<Record<string, readonly [status: number, code: number, message: string]>> = {
  '+15005550001': [400, 21211, "The 'To' number is not a valid phone number."],
  '+15005550002': [400, 21612, "The 'To' number cannot be reached from this 'From' number."],
  '+15005550003': [403, 21408, 'Permission to send an SMS has not been enabled for the region.'],
  '+15005550004': [400, 21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [400, 21614, "'To' number is not a valid mobile number"],
  '+15005550010': [400, 21606, "The 'From' phone number is not a valid, SMS-capable number."],
  '+15005550011': [429, 21611, "This 'From' number has exceeded the maximum number of queued messages"],
  '+15005550012': [400, 30034, 'Message from an Unregistered Number'],
  '+15005550013': [400, 21635, 'To number is a landline'],
}

export async function startTwilioFake(now: () => number): Promise<TwilioFake> {
  const accountSid = `AC${'a1'.repeat(16)}`
  const authToken = 'token-of-the-fake'
  const messages: TwilioRecord[] = []
  const calls: TwilioRecord[] = []
  const callScript: { statuses: string[]; answeredBy?: string }[] = []
  const standing = { status: 'active' }
  const root = `/2010-04-01/Accounts/${accountSid}`

  function refuse(status: number, code: number, message: string): FakeAnswer {
    return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } }
  }

  function answer(request: FakeRequest): FakeAnswer {
    const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
    if (request.headers['authorization'] !== expected) return refuse(401, 20003, 'Authenticate')
    if (!request.path.startsWith(root)) return refuse(404, 20404, 'The requested resource was not found')
    const path = request.path.slice(root.length)
    if (request.method === 'GET') return get(path, request)
    if (request.headers['content-type'] !== 'application/x-www-form-urlencoded')
      return refuse(400, 12300, 'Form expected')
    if (path === '/Messages.json') return postMessage(request)
    return path === '/Calls.json' ? postCall(request) : refuse(404, 20404, 'The requested resource was not found')
  }

  function get(path: string, request: FakeRequest): FakeAnswer {
    if (path === '.json')
      return { status: 200, body: { friendly_name: 'Riverside', status: standing.status, type: 'Full' } }
    if (path === '/IncomingPhoneNumbers.json') {
      const isOwn = request.query.get('PhoneNumber') === '+15017122661'
      const own = [{ phone_number: '+15017122661', capabilities: { sms: true, voice: true } }]
      return { status: 200, body: { incoming_phone_numbers: isOwn ? own : [] } }
    }
    if (path === '/Messages.json') return listMessages(request)
    const sid = /^\/Calls\/(CA\w+)\.json$/.exec(path)?.[1]
    const call = calls.find(one => one.sid === sid)
    if (call) return { status: 200, body: viewOfCall(call, calls.indexOf(call)) }
    if (path === '/Calls.json') {
      const to = request.query.get('To')
      const found = calls.filter(one => to === null || one.form['To'] === to)
      return { status: 200, body: { calls: found.map(one => shown(one)).reverse(), next_page_uri: null } }
    }
    return refuse(404, 20404, 'The requested resource was not found')
  }

  function listMessages(request: FakeRequest): FakeAnswer {
    const to = request.query.get('To')
    const size = Number(request.query.get('PageSize') ?? 50)
    const page = Number(request.query.get('Page') ?? 0)
    const all = messages.filter(one => to === null || one.form['To'] === to).reverse()
    const shownNow = all.slice(page * size, (page + 1) * size)
    const next = (page + 1) * size < all.length ? `${root}/Messages.json?PageSize=${size}&Page=${page + 1}` : null
    return { status: 200, body: { messages: shownNow.map(one => shown(one)), next_page_uri: next } }
  }

  function postMessage(request: FakeRequest): FakeAnswer {
    const form = formOf(request)
    const { To = '', Body = '' } = form
    if (!/^\+[1-9]\d{6,14}$/.test(To)) return refuse(400, 21211, "The 'To' number is not a valid phone number.")
    if (form['From'] === undefined && form['MessagingServiceSid'] === undefined)
      return refuse(400, 21603, 'From required')
    if (Body === '') return refuse(400, 21602, 'Message body is required.')
    if (Body.length > 1600) return refuse(400, 21617, 'The concatenated message body exceeds the 1600 character limit.')
    const refused = REFUSED[To]
    if (refused) return refuse(...refused)
    const record = kept('SM', messages.length, form)
    messages.push(record)
    return { status: 201, body: shown(record) }
  }

  function postCall(request: FakeRequest): FakeAnswer {
    const form = formOf(request)
    const { To = '', From = '', Twiml = '' } = form
    if (REFUSED[To]) return refuse(...REFUSED[To])
    if (!/^\+[1-9]\d{6,14}$/.test(To) || From === '') return refuse(400, 21211, 'Invalid phone number')
    if (!/^<Response>.*<\/Response>$/s.test(Twiml) || Twiml.length > 4000) return refuse(400, 21627, 'Invalid Twiml')
    const record = kept('CA', calls.length, form)
    calls.push(record)
    return { status: 201, body: shown(record) }
  }

  function viewOfCall(call: TwilioRecord, at: number): unknown {
    const script = callScript[at]
    const status = script?.statuses.shift()
    if (status !== undefined) call.status = status
    if (call.status === 'completed' && script?.answeredBy !== undefined) call.answered_by = script.answeredBy
    return shown(call)
  }

  function kept(prefix: string, n: number, form: Readonly<Record<string, string>>): TwilioRecord {
    return {
      sid: `${prefix}${String(n).padStart(32, '0')}`,
      form,
      status: 'queued',
      error_code: null,
      price: null,
      answered_by: null,
      direction: 'outbound-api',
      date_created: new Date(now()).toUTCString(),
    }
  }

  function shown({ form, ...record }: TwilioRecord): unknown {
    const { From = null, To = null, Body = null } = form
    return { ...record, account_sid: accountSid, from: From, to: To, body: Body, num_segments: '1', duration: '12' }
  }

  const fake = await startHttpFake(answer)
  return {
    ...fake,
    accountSid,
    authToken,
    messages,
    calls,
    callScript,
    get accountStatus() {
      return standing.status
    },
    set accountStatus(status) {
      standing.status = status
    },
    receive({ from, body, at }) {
      const record = kept('SM', messages.length, { From: from, To: '+15017122661', Body: body })
      messages.push({ ...record, direction: 'inbound', status: 'received', date_created: at })
    },
  }
}
