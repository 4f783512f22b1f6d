import { fc, test as prop } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  type BehaviourRules,
  behaviourOf,
  engagementTimes,
  practiceKey,
} from '../../../../../src/main/integrations/practice/behaviour.ts'

const rules = (changes: Partial<BehaviourRules> = {}): BehaviourRules => ({
  fallback: 'deliver',
  lively: false,
  rules: new Map(),
  ...changes,
})

describe('how an address behaves', () => {
  test('is its rule, however it is written; else the fallback', () => {
    const some = rules({ fallback: 'open', rules: new Map([['ann@example.com', 'bounce_hard']]) })
    expect(behaviourOf(' Ann@Example.COM ', some)).toBe('bounce_hard')
    expect(behaviourOf('bob@example.com', some)).toBe('open')
  })

  test('is spread like an audience when lively, and always the same', () => {
    const counts = new Map<string, number>()
    for (let n = 0; n < 20_000; n++) {
      const address = `person${n}@example.com`
      const behaviour = behaviourOf(address, rules({ lively: true }))
      expect(behaviourOf(address.toUpperCase(), rules({ lively: true }))).toBe(behaviour)
      counts.set(behaviour, (counts.get(behaviour) ?? 0) + 1)
    }
    const share = (behaviour: string) => (counts.get(behaviour) ?? 0) / 20_000
    expect(share('bounce_hard')).toBeCloseTo(0.02, 2)
    expect(share('delay')).toBeCloseTo(0.02, 2)
    expect(share('click')).toBeCloseTo(0.12, 1)
    expect(share('open')).toBeCloseTo(0.38, 1)
    expect(share('deliver')).toBeCloseTo(0.46, 1)
  })

  test('is known for phone numbers too', () => {
    expect(practiceKey('+1 (555) 010-0001')).toBe('+15550100001')
    expect(practiceKey('nobody')).toBeNull()
  })

  prop.prop([fc.uuid(), fc.integer({ min: 0, max: 4e12 })])(
    'opens within 20 seconds and clicks within 5 more',
    (id, at) => {
      const { openAt, clickAt } = engagementTimes(id, at)
      expect(openAt - at).toBeGreaterThanOrEqual(2_000)
      expect(openAt - at).toBeLessThan(20_000)
      expect(clickAt - openAt).toBeGreaterThanOrEqual(1_000)
      expect(clickAt - openAt).toBeLessThan(5_000)
    },
  )
})
