import type { Readable } from 'node:stream'
import type { z } from 'zod'
import { FileToken } from '../../../../src/shared/contract/define.ts'
import type { OrderChoices, OrderImport, OrderInspection } from '../../../../src/shared/contract/purchases.ts'
import type { TestApp } from '../../../support/create-test-app.ts'

/** Hands a file of orders over and looks at it. */
export async function inspectFile(
  { app, client }: TestApp,
  name: string,
  content: Readable,
  options: z.input<typeof OrderChoices> = {},
): Promise<OrderInspection> {
  const { token } = await app.files.receive(name, content, 2 ** 30)
  return client.purchases.inspect({ token: FileToken.parse(token), options })
}

/** Imports what was looked at and waits for the end. */
export async function importInspected({ client }: TestApp, seen: OrderInspection): Promise<OrderImport> {
  const { token, reading, mapping, options } = seen
  const { id } = await client.purchases.startImport({ token, reading, mapping, options })
  for (;;) {
    const run = await client.purchases.getImport({ id })
    if (run.state !== 'waiting' && run.state !== 'running') return run
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
