import { describe, expect, test } from 'vitest'
import { type ChecklistFacts, checklist, isReady } from '../../../../src/main/campaigns/checklist.ts'
import type { SendingAccount } from '../../../../src/main/integrations/index.ts'
import { CampaignDraft } from '../../../../src/shared/contract/campaigns.ts'

const ACCOUNT: SendingAccount = {
  id: 'sender',
  channel: 'email',
  provider: 'smtp',
  name: 'Post office',
  fromName: 'Riverside',
  fromAddress: 'news@example.com',
  replyTo: '',
  limits: { perSecond: null, perMinute: null, perHour: null, perDay: null, concurrency: 5, families: [], warmUp: null },
  state: 'running',
  stateReason: '',
  backingOffUntil: null,
}

const SETTINGS = {
  organisation: 'Riverside',
  postalAddress: '1 Harbour Street\nSpringfield',
  country: 'US',
  timeZone: 'UTC',
  currency: 'USD',
  rates: { asOf: '2026-01-01', emailPerMessage: 0, smsPerSegment: 79, whatsappPerMessage: 250, voicePerCall: 140 },
  unsubscribeBaseUrl: '',
}

function facts(change: Partial<ChecklistFacts> = {}, subject: Partial<ChecklistFacts['subject']> = {}): ChecklistFacts {
  const draft = CampaignDraft.parse({
    channel: 'email',
    audience: { everyone: true },
    content: { channel: 'email', subject: 'Hi', preheader: '', html: '{{postal_address}}', text: '' },
  })
  return {
    subject: {
      id: null,
      name: 'News',
      draft,
      account: ACCOUNT,
      fromName: 'R',
      replyTo: '',
      settings: SETTINGS,
      further: [],
      destinations: [],
      ...subject,
    },
    further: [],
    estimate: {
      audience: 10,
      reached: 10,
      excluded: 0,
      fallsOut: [],
      costMinor: 0,
      segmentsPerMessage: null,
      channels: [],
      currency: 'USD',
      messagesPerSecond: 1,
      secondsNeeded: 10,
      startsAt: 0,
      finishesAt: 10_000,
    },
    problems: [],
    fields: ['postal_address', 'unsubscribe_url'],
    missing: { recipients: 10, fields: [] },
    time: { kind: 'now' },
    now: 1000,
    ...change,
  }
}

const state = (given: ChecklistFacts, key: string) => checklist(given).find(check => check.key === key)?.state

describe('the checklist', () => {
  test('is all right when nothing is missing', () => {
    expect(checklist(facts()).every(check => check.state === 'ok')).toBe(true)
    expect(isReady(checklist(facts()))).toBe(true)
  })

  test('blocks when the account has stopped itself or is gone, and warns when it is paused', () => {
    expect(
      state(facts({}, { account: { ...ACCOUNT, state: 'tripped', stateReason: 'login refused' } }), 'sender'),
    ).toBe('error')
    expect(state(facts({}, { account: null }), 'sender')).toBe('error')
    expect(state(facts({}, { account: { ...ACCOUNT, fromAddress: '' } }), 'sender')).toBe('error')
    expect(state(facts({}, { account: { ...ACCOUNT, state: 'paused' } }), 'sender')).toBe('warning')
  })

  test('warns of values that are missing, unless a fallback stands in', () => {
    const field = { field: 'company', missing: 4, fallback: '' }
    const missing = (fallback: string) => facts({ missing: { recipients: 10, fields: [{ ...field, fallback }] } })
    expect(state(missing(''), 'values.company')).toBe('warning')
    expect(state(missing('you'), 'values.company')).toBeUndefined()
    expect(isReady(checklist(missing('')))).toBe(true)
  })

  test('takes a postal address that is written out, and asks for one that is in neither message nor settings', () => {
    const draft = facts().subject.draft
    const content = { channel: 'email', subject: 'Hi', preheader: '', html: 'R, 1 Harbour Street', text: '' } as const
    expect(state(facts({ fields: [] }, { draft: { ...draft, content } }), 'postal_address')).toBe('ok')
    expect(state(facts({ fields: [] }), 'postal_address')).toBe('error')
    expect(state(facts({}, { settings: { ...SETTINGS, postalAddress: '' } }), 'postal_address')).toBe('error')
  })

  test('says what daylight saving does to the time, and blocks a time that has passed', () => {
    expect(state(facts({ time: { kind: 'at', at: 2000, note: 'Clocks go forward' } }), 'schedule')).toBe('warning')
    expect(state(facts({ time: { kind: 'at', at: 1000, note: '' } }), 'schedule')).toBe('error')
    expect(state(facts({ time: { kind: 'at', at: 1001, note: '' } }), 'schedule')).toBe('ok')
  })

  test('names the first mistake and how many more there are', () => {
    const problem = { part: 'html', severity: 'error', line: 3, column: 1, message: 'Wrong.' } as const
    const found = checklist(facts({ problems: [problem, problem] })).find(check => check.key === 'message')
    expect(found).toMatchObject({ state: 'error', text: 'Wrong. (HTML, line 3) And 1 more.' })
  })
})
