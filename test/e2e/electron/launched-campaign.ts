import { Readable } from 'node:stream'
import { openConnection } from '../../../src/main/storage/connection.ts'
import { createTestApp } from '../../support/create-test-app.ts'

/**
 * Makes a workspace with a campaign to `recipients` practice addresses that was approved and launched; nothing of it is
 * planned or sent yet. Returns its id.
 */
export async function launchedCampaign(folder: string, recipients: number, ratePerSecond: number): Promise<string> {
  await importPeople(folder, recipients)
  await using test = await createTestApp({ folder, start: false })
  const api = test.client
  await api.workspace.saveSettings({
    ...(await api.workspace.settings({})),
    organisation: 'Tidings',
    postalAddress: '1 Main Street, Springfield',
  })
  await api.practice.setFallback({ behaviour: 'deliver', lively: false })
  const { id } = await api.campaigns.create({ name: 'To everybody', channel: 'email' })
  const text = 'Hello {{first_name}}. {{postal_address}} {{unsubscribe_url}}'
  await api.campaigns.saveDraft({
    id,
    name: 'To everybody',
    draft: {
      channel: 'email',
      audience: { everyone: true },
      content: { channel: 'email', subject: 'News for {{first_name}}', preheader: '', html: `<p>${text}</p>`, text },
      ratePerSecond,
    },
  })
  const { approval } = await api.campaigns.requestApproval({ id })
  const { members } = await api.team.list({})
  const owner = (await api.workspace.overview({})).member.id
  const approver = members.find(member => member.role === 'approver' && member.id !== owner)
  if (!approval || !approver) throw new Error('there is nothing to approve, or nobody who may')
  await api.team.switchTo({ id: approver.id })
  await api.approvals.decide({ id: approval.id, decision: 'approve' })
  await api.team.switchTo({ id: owner })
  await api.campaigns.launch({ id, expected: recipients })
  return id
}

/** How many messages of a workspace are in a state; can be asked while the application has it open. */
export function countMessages(folder: string, state: string): Promise<number> {
  return count(folder, 'select count(*) as n from messages where state = ?', [state])
}

/** How many rows a table of a workspace has. */
export function countRows(folder: string, table: 'contacts'): Promise<number> {
  return count(folder, `select count(*) as n from ${table}`, [])
}

async function count(folder: string, query: string, parameters: readonly string[]): Promise<number> {
  const connection = await openConnection(`${folder}/tidings.db`, 'readonly')
  const rows = await connection.all(query, parameters)
  await connection.close()
  return Number(rows[0]?.n)
}

async function importPeople(folder: string, many: number): Promise<void> {
  await using test = await createTestApp({ folder })
  const rows = Array.from({ length: many }, (_, n) => `Ann${n},Lee,person${n}@example.org`)
  const source = Readable.from([`First name,Last name,E-mail\n${rows.join('\n')}\n`].map(text => Buffer.from(text)))
  const { token } = await test.app.files.receive('people.csv', source, 2 ** 26)
  const { reading, mapping, options } = await test.client.imports.inspect({ token })
  await test.client.imports.start({ token, reading, mapping, options })
  await test.idle()
}
