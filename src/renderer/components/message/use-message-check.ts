import { useDebouncedValue } from '@mantine/hooks'
import type { MessageContent } from '../../../shared/contract/message-content.ts'
import type { TemplateProblem } from '../../../shared/contract/templates.ts'
import { api } from '../../api.ts'
import { useAsk } from '../../lib/requests.ts'
import type { Vocabulary } from './merge-completion.ts'

const TYPING_PAUSE_MS = 300
const NO_WORDS: Vocabulary = { fields: [], helpers: [] }
const NO_PROBLEMS: readonly TemplateProblem[] = []

/** What is wrong in a message, found shortly after the last key. */
export function useMessageCheck(content: MessageContent): readonly TemplateProblem[] {
  const [settled] = useDebouncedValue(content, TYPING_PAUSE_MS)
  const check = useAsk('templates.check', api.templates.check, { content: settled }, { keepLast: true })
  return check.data?.problems ?? NO_PROBLEMS
}

/** The merge fields and helpers that templates can use; empty until they are known. */
export function useVocabulary(): Vocabulary {
  return useAsk('templates.fields', api.templates.fields, {}).data ?? NO_WORDS
}
