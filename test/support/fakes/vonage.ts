import { type FakeAnswer, type FakeRequest, formOf, type HttpFake, startHttpFake } from './http-fake.ts'

/** The SMS API of Vonage as documented: 200 whatever happens, the truth in `messages[].status`. */
export interface VonageFake extends HttpFake {
  readonly sent: Readonly<Record<string, string>>[]
  /** What each part of the next message comes to; all parts go when it is empty. */
  readonly nextStatuses: string[]
  credit: number
}

export async function startVonageFake(): Promise<VonageFake> {
  const sent: Readonly<Record<string, string>>[] = []
  const nextStatuses: string[] = []
  const account = { credit: 10.5 }

  function send(form: Readonly<Record<string, string>>): FakeAnswer {
    const failed = (status: string, text: string): FakeAnswer => ({
      status: 200,
      body: { 'message-count': '1', messages: [{ status, 'error-text': text }] },
    })
    if (form['api_key'] !== 'abcd1234' || form['api_secret'] !== 'secret') return failed('4', 'Bad Credentials')
    if (!form['to'] || !form['from'] || !form['text']) return failed('2', 'Missing params')
    if (!/^\d{7,15}$/.test(form['to'])) return failed('3', 'Invalid to address')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is beyond ASCII needs to be called Unicode, as the fake is strict
    if (form['type'] !== 'unicode' && /[^\u0000-\u00ff€]/.test(form['text'])) return failed('2', 'Encoding')
    const statuses = nextStatuses.length > 0 ? nextStatuses.splice(0) : ['0']
    if (statuses.includes('0')) sent.push(form)
    const messages = statuses.map((status, part) =>
      status === '0'
        ? { status, to: form['to'], 'message-id': `id-${sent.length}-${part}`, 'message-price': '0.0333' }
        : { status, 'error-text': `Error ${status}` },
    )
    return { status: 200, body: { 'message-count': String(messages.length), messages } }
  }

  const fake = await startHttpFake((request: FakeRequest) => {
    if (request.method === 'POST' && request.path === '/sms/json') return send(formOf(request))
    if (request.method === 'GET' && request.path === '/account/get-balance') {
      return request.query.get('api_key') === 'abcd1234' && request.query.get('api_secret') === 'secret'
        ? { status: 200, body: { value: account.credit, autoReload: false } }
        : { status: 401, body: { 'error-code': '401', 'error-code-label': 'authentication failed' } }
    }
    return { status: 404 }
  })
  return {
    ...fake,
    sent,
    nextStatuses,
    get credit() {
      return account.credit
    },
    set credit(credit) {
      account.credit = credit
    },
  }
}
