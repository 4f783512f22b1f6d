import type { Login } from './endpoint.ts'
import type { Line } from './line.ts'
import { type Failure, failureOf, unsupported } from './stage.ts'

/** Signs in by AUTH PLAIN (RFC 4616) or LOGIN; null when it worked or no login is wanted. */
export async function logIn(
  line: Line,
  methods: readonly string[],
  login: Login,
  withinMs: number,
): Promise<Failure | null> {
  if (login.user === '') return null
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

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
