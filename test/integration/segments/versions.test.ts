import { expect, test } from 'vitest'
import type { RuleGroup } from '../../../src/shared/domain/segment-rule.ts'
import { createTestApp } from '../../support/create-test-app.ts'

const inCity = (city: string): RuleGroup => ({
  kind: 'group',
  id: 'root',
  match: 'all',
  negated: false,
  rules: [{ kind: 'text', id: 'c', negated: false, field: 'city', operator: 'equals', values: [city] }],
})

test('every save is kept as a version, and an earlier rule comes back as the next one', async () => {
  await using world = await createTestApp()
  const { segments } = world.client
  await world.client.contacts.create({ firstName: 'Ann', city: 'Rome', email: 'ann@example.org' })
  const made = await segments.create({ name: 'Here', rule: inCity('Rome') })
  const { id } = made
  const saved = { id, name: 'There', description: '', refresh: 'daily' as const }
  await segments.save({ ...saved, version: 1, rule: inCity('Oslo') })
  const { versions, more } = await segments.versions({ id })
  expect(more).toBe(false)
  expect(versions.map(one => [one.version, one.name, one.rule])).toEqual([
    [2, 'There', inCity('Oslo')],
    [1, 'Here', inCity('Rome')],
  ])
  expect(versions[0]?.savedBy).toBe(made.createdBy)
  await expect(segments.restore({ id, version: 1, earlier: 1 })).rejects.toThrow('in between')
  await expect(segments.restore({ id, version: 2, earlier: 7 })).rejects.toThrow()
  // The name is of now; only the rule is of then.
  expect(await segments.restore({ id, version: 2, earlier: 1 })).toMatchObject({
    version: 3,
    name: 'There',
    rule: inCity('Rome'),
  })
  await world.idle()
  expect((await segments.get({ id })).people).toBe(1)
  const page = await segments.versions({ id, before: 3, limit: 1 })
  expect(page).toMatchObject({ versions: [{ version: 2 }], more: true })
})

test('a rule that asks about something that is gone does not come back', async () => {
  await using world = await createTestApp()
  const { segments, lists } = world.client
  const list = await lists.create({ name: 'News' })
  const rule: RuleGroup = {
    ...inCity('x'),
    rules: [
      {
        kind: 'membership',
        id: 'm',
        negated: false,
        of: 'lists',
        operator: 'has_any',
        ids: [list.id],
        statuses: [],
      },
    ],
  }
  const { id, name } = await segments.create({ name: 'On the list', rule })
  await segments.save({ id, version: 1, name, description: '', refresh: 'daily', rule: inCity('Rome') })
  await lists.remove({ id: list.id })
  await expect(segments.restore({ id, version: 2, earlier: 1 })).rejects.toThrow('lists is gone')
})
