import { expect, test } from 'vitest'
import { runCrash } from '../../crash/crash-run.ts'

// The long one is `npm run crash`. This one needs the built application, as the tests of the command line do.
test('killed again and again, the application loses nobody and writes to nobody twice', async () => {
  const result = await runCrash({ kills: 4, recipients: 400 })
  expect(result).toMatchObject({ kills: 4, recipients: 400, lost: 0, duplicated: 0 })
  expect(result.accepted + result.unknown).toBe(400)
})
