import { expect, test } from 'vitest'
import type { ChangeRow } from '../../../../../src/main/contacts/changes/change-store.ts'
import { canUndo, changeState, changeView, conflictView } from '../../../../../src/main/contacts/changes/change-view.ts'

const aChange = (given: Partial<ChangeRow> = {}): ChangeRow => ({
  no: 1,
  id: 'c',
  kind: 'import',
  title: 'Import of people.csv',
  state: 'done',
  contacts: 10,
  restored: 0,
  madeBy: 'm',
  madeAt: 1,
  undoneAt: null,
  isAtWork: 0,
  undoJobId: null,
  ...given,
})

test('a change that nothing works on any more is done, whatever stopped it', () => {
  expect(changeState(aChange({ state: 'recording', isAtWork: 1 }))).toBe('recording')
  expect(changeState(aChange({ state: 'recording', isAtWork: 0 }))).toBe('done')
})

test('an undo without a job was stopped and can go on', () => {
  expect(changeState(aChange({ state: 'undoing', undoJobId: 'j' }))).toBe('undoing')
  expect(canUndo(aChange({ state: 'undoing', undoJobId: 'j' }))).toBe(false)
  expect(changeState(aChange({ state: 'undoing' }))).toBe('stopped')
  expect(canUndo(aChange({ state: 'undoing' }))).toBe(true)
})

test('a change that touched nobody, was undone or is too long ago cannot be undone', () => {
  expect(canUndo(aChange())).toBe(true)
  expect(canUndo(aChange({ contacts: 0 }))).toBe(false)
  expect(canUndo(aChange({ state: 'undone' }))).toBe(false)
  expect(canUndo(aChange({ state: 'expired' }))).toBe(false)
})

test('who was not restored when an undo is over was kept', () => {
  expect(changeView(aChange({ state: 'undone', restored: 7, undoneAt: 5 }), 'Ann')).toMatchObject({
    kept: 3,
    fractionDone: 1,
    madeBy: 'Ann',
  })
  expect(changeView(aChange({ state: 'undoing', restored: 5, undoJobId: 'j' }), 'Ann')).toMatchObject({
    kept: 0,
    fractionDone: 0.5,
  })
})

test('a contact of whom nothing is left but a number has a name all the same', () => {
  const nothing = { firstName: null, lastName: null, company: null, email: null, phone: null, changedAt: null }
  expect(conflictView({ contactId: null, reason: 'gone', ...nothing }).name).toBe('Unnamed')
})
