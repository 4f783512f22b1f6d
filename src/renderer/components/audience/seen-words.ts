import type { Seen } from '../../../shared/contract/segments.ts'
import type { RuleWords } from './rule-words.ts'

/** What was found in a contact for a condition, in words. */
export function seenWords(seen: Seen, { t, formats, names }: Pick<RuleWords, 't' | 'formats' | 'names'>): string {
  switch (seen.kind) {
    case 'nothing':
      return t('rules.seen_nothing')
    case 'text':
      return (names.get(seen.text) ?? seen.text) || t('rules.seen_nothing')
    case 'texts':
      return seen.texts.length > 0 ? seen.texts.join(', ') : t('rules.seen_nothing')
    case 'number':
      return String(Math.round(seen.number * 100) / 100)
    case 'money':
      return formats.money(seen.amount * 100, seen.currency)
    case 'instant':
      return formats.when(seen.at)
    case 'day':
      return seen.day
    case 'boolean':
      return t(seen.value ? 'rules.seen_yes' : 'rules.seen_no')
    case 'distance':
      return t('rules.seen_distance', { amount: formats.number(seen.amount), unit: seen.unit })
  }
}
