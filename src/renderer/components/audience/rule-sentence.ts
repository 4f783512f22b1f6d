import type { Rule, RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { conditionWords } from './condition-words.ts'
import { matchOf } from './group-match.ts'
import type { RuleWords } from './rule-words.ts'

/** A whole rule as one sentence: "Everyone where City is Rome and (has the tag VIP or Number of orders is at least 3)." */
export function ruleSentence(rule: RuleGroup, words: RuleWords): string {
  if (rule.rules.length === 0) return words.t('rules.sentenceEmpty')
  return words.t('rules.sentence', { what: groupWords(rule, words, false) })
}

/** A part of a rule as a clause; groups inside others stand in brackets. */
export function partWords(part: Rule, words: RuleWords): string {
  return part.kind === 'group' ? groupWords(part, words, true) : conditionWords(part, words)
}

function groupWords(group: RuleGroup, words: RuleWords, isInside: boolean): string {
  const { t } = words
  const parts = group.rules.map(part => partWords(part, words))
  if (parts.length === 0) return `(${t('rules.emptyGroup')})`
  const match = matchOf(group)
  switch (match) {
    case 'all':
    case 'any': {
      const joined = parts.join(` ${t(match === 'all' ? 'rules.and' : 'rules.or')} `)
      return isInside && parts.length > 1 ? `(${joined})` : joined
    }
    case 'none':
      return bracketed(t('rules.noneOf', { what: parts.join('; ') }), isInside)
    case 'notAll':
      return bracketed(t('rules.notAllOf', { what: parts.join('; ') }), isInside)
  }
}

function bracketed(text: string, isInside: boolean): string {
  return isInside ? `(${text})` : text
}
