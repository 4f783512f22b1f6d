import { createServer, type Socket } from 'node:net'

/** What a scripted server does when a command (or the end of a message) arrives. */
export type Act =
  /** Writes these octets as they are. */
  | { readonly say: string }
  /** Writes the pieces with a turn of the event loop between them. */
  | { readonly pieces: readonly string[] }
  | { readonly drop: true }
  | { readonly silent: true }

export type Moment = 'connect' | 'EHLO' | 'AUTH' | 'STARTTLS' | 'MAIL' | 'RCPT' | 'DATA' | 'RSET' | 'QUIT' | 'END'

export interface ScriptedServer extends AsyncDisposable {
  readonly port: number
  /** Every line that was heard, connection by connection, message content left out. */
  readonly heard: string[][]
  /** Message contents, as they were on the wire, without the final dot. */
  readonly contents: string[]
  dropAll(): void
}

const DEFAULT: Readonly<Record<Moment, string>> = {
  connect: '220 scripted.test ESMTP\r\n',
  EHLO: '250-scripted.test\r\n250-PIPELINING\r\n250-AUTH PLAIN LOGIN\r\n250-SMTPUTF8\r\n250 SIZE 1000000\r\n',
  AUTH: '235 2.7.0 Welcome\r\n',
  STARTTLS: '454 4.7.0 Not now\r\n',
  MAIL: '250 2.1.0 Ok\r\n',
  RCPT: '250 2.1.5 Ok\r\n',
  DATA: '354 Go ahead\r\n',
  RSET: '250 2.0.0 Ok\r\n',
  QUIT: '221 2.0.0 Bye\r\n',
  END: '250 2.0.0 Ok: queued as SCRIPT1\r\n',
}

/**
 * A server over a bare socket that says exactly what a test wants. `script` is asked at every moment; undefined means the
 * usual answer. It keeps no state of the dialogue: a refused MAIL does not make RCPT fail unless the script says so.
 */
export async function startScriptedSmtp(
  script: (moment: Moment, line: string, connection: number) => Act | undefined = () => undefined,
): Promise<ScriptedServer> {
  const heard: string[][] = []
  const contents: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, socket => {
    const number = heard.push([]) - 1
    sockets.add(socket)
    let held = ''
    let inData = false
    let silent = false
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))

    function act(moment: Moment, line: string): void {
      const wanted = script(moment, line, number)
      if (wanted === undefined) socket.write(DEFAULT[moment])
      else if ('say' in wanted) socket.write(wanted.say)
      else if ('drop' in wanted) socket.destroy()
      else if ('silent' in wanted) silent = true
      else void sayInPieces(socket, wanted.pieces)
      const said = wanted === undefined ? DEFAULT[moment] : 'say' in wanted ? wanted.say : ''
      if (moment === 'DATA' && said.startsWith('354')) inData = true
      if (moment === 'QUIT') socket.end()
    }

    act('connect', '')
    socket.on('data', chunk => {
      held += chunk.toString('latin1')
      while (!silent && !socket.destroyed) {
        if (inData) {
          const end = held.startsWith('.\r\n') ? -2 : held.indexOf('\r\n.\r\n')
          if (end === -1) return
          contents.push(held.slice(0, Math.max(0, end + 2)))
          held = held.slice(end + 5)
          inData = false
          act('END', '')
          continue
        }
        const end = held.indexOf('\r\n')
        if (end < 0) return
        const line = held.slice(0, end)
        held = held.slice(end + 2)
        heard[number]?.push(line)
        act(momentOf(line), line)
      }
    })
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const dropAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    heard,
    contents,
    dropAll,
    async [Symbol.asyncDispose]() {
      dropAll()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function sayInPieces(socket: Socket, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    socket.write(piece)
    await new Promise(resolve => setTimeout(resolve, 2))
  }
}

function momentOf(line: string): Moment {
  const verb = line.split(' ')[0]?.toUpperCase() ?? ''
  const known = (['EHLO', 'AUTH', 'STARTTLS', 'MAIL', 'RCPT', 'DATA', 'RSET', 'QUIT'] as const).find(
    one => one === verb,
  )
  // The lines of AUTH LOGIN have no verb.
  return known ?? 'AUTH'
}
