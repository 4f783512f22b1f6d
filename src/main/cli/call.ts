import { text } from 'node:stream/consumers'
import { asAppError } from '../../shared/contract/client.ts'
import { readArguments, UsageError } from './arguments.ts'
import { say } from './output.ts'
import { accessWorkspace } from './workspace-access.ts'

/** `tidings call NAME JSON`: one request of the contract. */
export async function callCommand(args: readonly string[]): Promise<number> {
  const { folder, positionals } = readArguments(args, {}, 2)
  const [name, json] = positionals
  if (name === undefined) throw new UsageError('Which request? tidings contract lists them.')
  const input = parse(json === '-' ? await text(process.stdin) : (json ?? '{}'))
  const access = await accessWorkspace(folder, { work: false })
  try {
    const answer: unknown = await access.transport.call(name.split('.'), input, { context: {} })
    if (isStream(answer)) for await (const event of answer) say(JSON.stringify(event))
    else say(JSON.stringify(answer, null, process.stdout.isTTY ? 2 : undefined))
    return 0
  } catch (error) {
    throw asAppError(error)
  } finally {
    await access.close()
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new UsageError(`The input is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
