import type { Login } from './endpoint.ts'
import type { Line } from './line.ts'
import { type Failure, failureOf, unsupported } from './stage.ts'

/** Signs in by XOAUTH2, AUTH PLAIN (RFC 4616) or LOGIN; null when it worked or no login is wanted. */
export async function logIn(
  line: Line,
  methods: readonly string[],
  login: Login,
  withinMs: number,
): Promise<Failure | null> {
  if (login.user === '') return null
  if (login.accessToken !== undefined) return byToken(line, methods, login.user, login.accessToken, withinMs)
  if (methods.includes('PLAIN')) {
    line.send(`AUTH PLAIN ${base64(`\0${login.user}\0${login.password}`)}\r\n`)
    return failureOf('login', await line.answer(withinMs), 235)
  }
  if (methods.includes('LOGIN')) {
    line.send('AUTH LOGIN\r\n')
    const asked = failureOf('login', await line.answer(withinMs), 334)
    if (asked) return asked
    line.send(`${base64(login.user)}\r\n`)
    const known = failureOf('login', await line.answer(withinMs), 334)
    if (known) return known
    line.send(`${base64(login.password)}\r\n`)
    return failureOf('login', await line.answer(withinMs), 235)
  }
  return unsupported(
    'login',
    'no_login_method',
    methods.length === 0
      ? 'The server offers no login on this connection'
      : `The server offers only these logins: ${methods.slice(0, 10).join(', ')}`,
  )
}

/** SASL XOAUTH2 as Google and Microsoft describe it; a refusal comes as a 334 that has to be answered by an empty line. */
async function byToken(
  line: Line,
  methods: readonly string[],
  user: string,
  token: string,
  withinMs: number,
): Promise<Failure | null> {
  if (!methods.includes('XOAUTH2')) {
    return unsupported('login', 'no_xoauth2', 'The server does not offer sign-in by OAuth (XOAUTH2)')
  }
  line.send(`AUTH XOAUTH2 ${base64(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`)}\r\n`)
  const answer = await line.answer(withinMs)
  if (answer.kind === 'lost' || answer.code !== 334) return failureOf('login', answer, 235)
  line.send('\r\n')
  const said = failureOf('login', await line.answer(withinMs), 235)
  return said ?? unsupported('login', 'xoauth2_refused', 'The server refused the access token')
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
