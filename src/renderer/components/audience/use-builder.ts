import { useTranslation } from 'react-i18next'
import type { Rule, RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { useReport } from '../../lib/report.ts'
import type { Builder } from './builder-context.ts'
import { partFromText, partToText } from './rule-clipboard.ts'
import { partWords } from './rule-sentence.ts'
import { stepTo } from './rule-steps.ts'
import {
  duplicatePart,
  findPart,
  freshId,
  insertPart,
  movePart,
  type Place,
  partsInOrder,
  placeOf,
  removePart,
  replacePart,
  unwrapGroup,
  withFreshIds,
  wrapPart,
} from './rule-tree.ts'
import type { RuleCatalogue } from './use-rule-catalogue.ts'
import type { RuleEditing } from './use-rule-editing.ts'

/** The ways to change a rule, each with its announcement and with the focus where the work goes on. */
export function useBuilderActions(
  editing: RuleEditing,
  catalogue: RuleCatalogue,
): Omit<Builder, 'problems' | 'contributions' | 'contributionsAreStale' | 'isReadOnly'> {
  const { t } = useTranslation()
  const report = useReport()
  const { rule } = editing
  const called = (part: Rule | null): string => (part ? partWords(part, catalogue.words) : '')
  const goTo = (id: string, place: Place): void => {
    const next = movePart(rule, id, place)
    if (next === rule) return
    editing.apply(next, { says: placeWords(next, id), focus: { id, on: 'handle' } })
  }
  const placeWords = (next: RuleGroup, id: string): string => {
    const place = placeOf(next, id)
    const group = place ? findPart(next, place.groupId) : null
    if (!place || group?.kind !== 'group') return ''
    return t('segments.moved', {
      what: called(findPart(next, id)),
      at: place.index + 1,
      of: group.rules.length,
      depth: partsInOrder(next).find(one => one.part.id === id)?.depth ?? 1,
    })
  }
  return {
    editing,
    catalogue,
    replace: part => editing.apply(replacePart(rule, part.id, part), { about: part.id }),
    add(groupId, make) {
      const part = make(freshId(rule))
      const group = findPart(rule, groupId)
      const index = group?.kind === 'group' ? group.rules.length : 0
      editing.apply(insertPart(rule, part, { groupId, index }), {
        says: t('segments.added', { what: called(part) }),
        focus: { id: part.id, on: 'value' },
      })
    },
    move: goTo,
    step(id, step) {
      const place = stepTo(rule, id, step)
      if (place) goTo(id, place)
      else editing.apply(rule, { says: t('segments.cannotMove') })
    },
    duplicate(id) {
      const copy = duplicatePart(rule, id)
      editing.apply(copy.rule, { says: t('segments.duplicated'), focus: { id: copy.id, on: 'handle' } })
    },
    remove(id) {
      const order = partsInOrder(rule).map(({ part }) => part.id)
      const next = removePart(rule, id)
      const left = new Set(partsInOrder(next).map(({ part }) => part.id))
      const at = order.indexOf(id)
      const neighbour =
        order.slice(at + 1).find(one => left.has(one)) ?? order.slice(0, at).findLast(one => left.has(one))
      editing.apply(next, {
        says: t('segments.removed', { what: called(findPart(rule, id)) }),
        ...(neighbour === undefined ? {} : { focus: { id: neighbour, on: 'handle' } }),
      })
    },
    wrap: id => editing.apply(wrapPart(rule, id), { says: t('segments.wrapped'), focus: { id, on: 'handle' } }),
    unwrap(id) {
      const group = findPart(rule, id)
      const first = group?.kind === 'group' ? group.rules[0] : undefined
      editing.apply(unwrapGroup(rule, id), {
        says: t('segments.unwrapped'),
        ...(first ? { focus: { id: first.id, on: 'handle' } } : {}),
      })
    },
    copy(id) {
      const part = findPart(rule, id)
      if (!part) return
      navigator.clipboard.writeText(partToText(part)).then(
        () => report.done(t('segments.copied')),
        (error: unknown) => report.failed(error),
      )
    },
    paste(text, besideId) {
      const part = partFromText(text)
      if (!part) return false
      const beside = besideId === null ? null : placeOf(rule, besideId)
      const place = beside ? { ...beside, index: beside.index + 1 } : { groupId: rule.id, index: rule.rules.length }
      const pasted = withFreshIds(part, rule)
      editing.apply(insertPart(rule, pasted, place), {
        says: t('segments.pasted', { what: called(pasted) }),
        focus: { id: pasted.id, on: 'handle' },
      })
      return true
    },
  }
}
