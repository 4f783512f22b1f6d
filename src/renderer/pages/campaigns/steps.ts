import type { Check } from '../../../shared/contract/campaigns.ts'

/** The six steps of the wizard, in order. */
export const STEPS = ['basics', 'audience', 'message', 'personalisation', 'schedule', 'review'] as const
export type Step = (typeof STEPS)[number]

/** Whether a word names a step. */
export function isStep(word: string): word is Step {
  return STEPS.some(step => step === word)
}

/** How far a step is: red when something blocks, amber when something deserves a look. The review sums up all others. */
export function stepState(step: Step, checks: readonly Check[]): Check['state'] {
  const mine = step === 'review' ? checks : checks.filter(check => check.step === step)
  if (mine.some(check => check.state === 'error')) return 'error'
  return mine.some(check => check.state === 'warning') ? 'warning' : 'ok'
}
