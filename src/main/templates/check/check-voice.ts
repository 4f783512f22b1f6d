import type { VoiceContent } from '../../../shared/contract/message-content.ts'
import type { TemplateProblem } from '../../../shared/contract/templates.ts'
import { speechSeconds } from '../../../shared/domain/speech-time.ts'
import { withExamples } from './source-sample.ts'

// standards.md 4: 4,000 characters of TwiML, some 150 of which are not the script.
const MOST_SCRIPT = 3850
// Nobody listens longer, and a mailbox cuts it off.
const LONG_SECONDS = 60
// How people say it: a number or an address where one can ask for no more calls, or the words themselves.
const WAY_OUT =
  /\d[\d\s().-]{5,}\d|https?:|www\.|\.[a-z]{2,3}\b|unsubscribe|opt.?out|no more calls|do not call|remove you/i

/** How long a script is when it is read out, and what is missing in it (standards.md 4). */
export function checkVoice(
  content: VoiceContent,
  options: { readonly category: 'marketing' | 'transactional' },
): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const add = (severity: TemplateProblem['severity'], message: string): void => {
    problems.push({ part: 'text', severity, line: 1, column: 1, message })
  }
  if (content.script.trim() === '') add('error', 'There is nothing to say.')
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(content.language)) add('error', 'Give the language as in en-US.')
  if (problems.length > 0) return problems
  const spoken = withExamples(content.script)
  const size = markupLength(spoken)
  if (size > MOST_SCRIPT) add('error', `The script is too long: ${size} of ${MOST_SCRIPT} characters as it is sent.`)
  const seconds = speechSeconds(spoken)
  const long = seconds > LONG_SECONDS ? ' Few people listen so long; a minute is charged for each that begins.' : ''
  add(seconds > LONG_SECONDS ? 'warning' : 'info', `With example values: about ${seconds} seconds.${long}`)
  if (options.category === 'marketing' && !WAY_OUT.test(content.script)) {
    add(
      'warning',
      'Say how to get no more calls, such as a number or an address: the United States ask for it in marketing calls.',
    )
  }
  return problems
}

/** The length of a text when the five signs of XML are written out. */
function markupLength(text: string): number {
  return text
    .replace(/[<>]/g, '&lt;')
    .replace(/&(?!lt;)/g, '&amp;')
    .replace(/["']/g, '&quot;').length
}
