import { expect, test } from 'vitest'
import { stepState } from '../../../../../src/renderer/pages/campaigns/steps.ts'

const checks = [
  { key: 'audience', step: 'audience', state: 'error', text: 'Nobody is chosen' },
  { key: 'values', step: 'personalisation', state: 'warning', text: 'Some lack a name' },
  { key: 'name', step: 'basics', state: 'ok', text: 'It has a name' },
] as const

test('a step is as bad as the worst of its own checks', () => {
  expect(stepState('audience', checks)).toBe('error')
  expect(stepState('personalisation', checks)).toBe('warning')
  expect(stepState('basics', checks)).toBe('ok')
})

test('the review is as bad as the worst of all', () => {
  expect(stepState('review', checks)).toBe('error')
  expect(stepState('review', checks.slice(1))).toBe('warning')
})
