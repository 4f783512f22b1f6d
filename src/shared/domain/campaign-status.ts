import { z } from 'zod'

/** Where a campaign is in its life. */
export const CampaignStatus = z.enum([
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'running',
  'paused',
  'completed',
  'cancelled',
  'failed',
])
export type CampaignStatus = z.infer<typeof CampaignStatus>

/** What a person or the application wants to happen to a campaign. */
export type CampaignWish =
  | 'request_approval'
  | 'withdraw'
  | 'approve'
  | 'reject'
  | 'revise'
  | 'schedule'
  | 'start'
  | 'pause'
  | 'resume'
  | 'complete'
  | 'cancel'
  | 'fail'
  | 'reopen'

/*
 * status     | allowed wishes
 * draft      | request_approval -> in_review, cancel
 * in_review  | approve -> approved, reject/withdraw/revise -> draft, cancel
 * approved   | schedule -> scheduled, start -> running, revise -> draft, cancel
 * scheduled  | start -> running, withdraw -> approved, revise -> draft, fail, cancel
 * running    | pause, complete, fail, cancel
 * paused     | resume -> running, cancel
 * completed  | reopen -> running (a person sends messages again whose fate was not known)
 * cancelled, failed | none
 */
const TRANSITIONS: Readonly<Record<CampaignStatus, Partial<Record<CampaignWish, CampaignStatus>>>> = {
  draft: { request_approval: 'in_review', cancel: 'cancelled' },
  in_review: { approve: 'approved', reject: 'draft', withdraw: 'draft', revise: 'draft', cancel: 'cancelled' },
  approved: { schedule: 'scheduled', start: 'running', revise: 'draft', cancel: 'cancelled' },
  scheduled: { start: 'running', withdraw: 'approved', revise: 'draft', fail: 'failed', cancel: 'cancelled' },
  running: { pause: 'paused', complete: 'completed', fail: 'failed', cancel: 'cancelled' },
  paused: { resume: 'running', cancel: 'cancelled' },
  completed: { reopen: 'running' },
  cancelled: {},
  failed: {},
}

export type CampaignStep =
  | { readonly kind: 'transition'; readonly from: CampaignStatus; readonly to: CampaignStatus }
  | { readonly kind: 'refusal'; readonly why: string }

const STATUS_WORDS: Readonly<Record<CampaignStatus, string>> = {
  draft: 'a draft',
  in_review: 'in review',
  approved: 'approved',
  scheduled: 'scheduled',
  running: 'running',
  paused: 'paused',
  completed: 'completed',
  cancelled: 'cancelled',
  failed: 'failed',
}

const WISH_WORDS: Readonly<Record<CampaignWish, string>> = {
  request_approval: 'sent for approval',
  withdraw: 'taken back',
  approve: 'approved',
  reject: 'rejected',
  revise: 'edited',
  schedule: 'scheduled',
  start: 'started',
  pause: 'paused',
  resume: 'resumed',
  complete: 'completed',
  cancel: 'cancelled',
  fail: 'stopped',
  reopen: 'reopened',
}

/** Where a campaign may go next; a refusal says why in words for a person. */
export function nextStatus(from: CampaignStatus, wish: CampaignWish): CampaignStep {
  const to = TRANSITIONS[from][wish]
  if (to) return { kind: 'transition', from, to }
  const allowed = allowedWishes(from).map(other => WISH_WORDS[other])
  const instead =
    allowed.length > 0 ? `It can be ${allowed.join(', ')}.` : 'Nothing more can happen to it; duplicate it instead.'
  return { kind: 'refusal', why: `A campaign that is ${STATUS_WORDS[from]} cannot be ${WISH_WORDS[wish]}. ${instead}` }
}

/** The wishes that a person may have from a status; reopening comes of itself with sending again. */
export function allowedWishes(from: CampaignStatus): readonly CampaignWish[] {
  const all: readonly CampaignWish[] = [
    'request_approval',
    'withdraw',
    'approve',
    'reject',
    'revise',
    'schedule',
    'start',
    'pause',
    'resume',
    'complete',
    'cancel',
    'fail',
  ]
  return all.filter(wish => TRANSITIONS[from][wish] !== undefined)
}
