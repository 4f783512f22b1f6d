import { expect, test } from 'vitest'
import { createTestApp } from '../../support/create-test-app.ts'

test('settings are checked before they are kept, and the change is on record', async () => {
  await using app = await createTestApp()
  const { client } = app
  const before = await client.workspace.settings({})
  for (const wrong of [{ country: 'ZZ' }, { currency: 'XQQ' }, { timeZone: 'Mars/Base' }]) {
    await expect(client.workspace.saveSettings({ ...before, ...wrong })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  }
  const wanted = { ...before, organisation: ' Riverside Books ', postalAddress: '1 Harbour Street', currency: 'EUR' }
  const saved = await client.workspace.saveSettings(wanted)
  expect(saved).toEqual({ ...wanted, organisation: 'Riverside Books' })
  expect(await client.workspace.settings({})).toEqual(saved)
  const { rows } = await client.activity.audit({})
  expect(rows[0]).toMatchObject({ action: 'settings.changed', actor: 'You' })
  expect(rows[0]?.detail).toContain('organisation')
  const home = await client.workspace.home({})
  expect(home.checklist.filter(step => step.done).map(step => step.step)).toEqual(['identity'])
})

test('a member who may not manage the workspace cannot change its settings or load the sample', async () => {
  await using app = await createTestApp()
  const { client } = app
  const ada = (await client.team.list({})).members.find(member => member.role === 'approver')
  if (!ada) throw new Error('no approver')
  await client.team.switchTo({ id: ada.id })
  await expect(client.workspace.saveSettings(await client.workspace.settings({}))).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(client.workspace.loadSample({})).rejects.toMatchObject({ code: 'forbidden' })
  expect(await client.workspace.overview({})).toMatchObject({
    member: { name: 'Ada Approver' },
    permissions: ['campaigns.approve'],
  })
})
