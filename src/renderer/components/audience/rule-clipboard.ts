import { Condition, type Rule, SegmentRule } from '../../../shared/domain/segment-rule.ts'

/** A part of a rule as text for the clipboard: a whole rule, which `segments.importRule` reads too. */
export function partToText(part: Rule): string {
  const rule: Rule =
    part.kind === 'group' ? part : { kind: 'group', id: 'copied', match: 'all', negated: false, rules: [part] }
  return JSON.stringify(rule, null, 2)
}

/** The part that a copied text holds; null where it is something else. A group around one condition is that condition. */
export function partFromText(text: string): Rule | null {
  const value = parsed(text)
  const condition = Condition.safeParse(value)
  if (condition.success) return condition.data
  const rule = SegmentRule.safeParse(value)
  if (!rule.success) return null
  const [only, ...others] = rule.data.rules
  const isWrapping = only !== undefined && others.length === 0 && rule.data.match === 'all' && !rule.data.negated
  return isWrapping ? only : rule.data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is on the clipboard is anybody's; text that is no JSON is simply not a part of a rule.
    return null
  }
}
