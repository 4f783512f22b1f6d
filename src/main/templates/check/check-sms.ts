import type { TemplateProblem } from '../../../shared/contract/templates.ts'
import { smartEncode } from '../../../shared/domain/smart-encoding.ts'
import { SMS_UNITS, smsLength } from '../../../shared/domain/sms-length.ts'
import { placeIn, withExamples } from './source-sample.ts'

/** How long an SMS becomes, and what makes it longer than it need be (standards.md 2.1). */
export function checkSms(source: string): readonly TemplateProblem[] {
  const at = { part: 'text' as const, line: 1, column: 1 }
  if (source.trim() === '') return [{ ...at, severity: 'error', message: 'The message is empty.' }]
  const sample = withExamples(source)
  const length = smsLength(sample)
  const { single, part } = SMS_UNITS[length.alphabet]
  const room = length.segments === 1 ? single : part * length.segments
  const sms = length.segments === 1 ? '1 SMS' : `${length.segments} SMS`
  const problems: TemplateProblem[] = [
    {
      ...at,
      severity: length.segments > 6 ? 'error' : length.segments > 3 ? 'warning' : 'info',
      message: `With example values: ${length.units} of ${room} characters, ${sms} for each recipient.`,
    },
  ]
  const culprit = length.culprits[0]
  if (culprit === undefined) return problems
  const long = `${length.culprits.map(one => `"${one}"`).join(', ')} makes the SMS longer: 70 characters a part, not 160.`
  const isTypographic = smartEncode(sample).changes.length > 0
  const message = isTypographic ? `${long} Accounts that replace typographic characters send plain ones instead.` : long
  problems.push({ part: 'text', severity: 'warning', ...placeIn(source, source.indexOf(culprit)), message })
  return problems
}
