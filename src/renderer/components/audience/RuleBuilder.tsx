import { ActionIcon, Box, Group, Tooltip } from '@mantine/core'
import { Redo2, Undo2 } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { type Builder, BuilderContext } from './builder-context.ts'
import classes from './RuleBuilder.module.css'
import { GroupParts, MatchChoice } from './RuleParts.tsx'
import { partToText } from './rule-clipboard.ts'
import { ruleSentence } from './rule-sentence.ts'
import { findPart } from './rule-tree.ts'
import { useBuilderActions } from './use-builder.ts'
import type { LiveCount } from './use-live-count.ts'
import type { RuleCatalogue } from './use-rule-catalogue.ts'
import { useRuleEditing } from './use-rule-editing.ts'

interface RuleBuilderProps {
  /** The rule to begin with; give another `key` to begin anew. */
  readonly initial: RuleGroup
  readonly catalogue: RuleCatalogue
  /** What the rule finds, and what is missing in it. */
  readonly live: LiveCount
  readonly isReadOnly?: boolean
  readonly onChange: (rule: RuleGroup) => void
  /** Text that was pasted and is no part of a rule of ours. */
  readonly onForeignPaste?: (text: string) => void
}

/** Edits a rule as a tree, by pointer and by keyboard, and says under it in a sentence what it finds. */
export function RuleBuilder(props: RuleBuilderProps) {
  const { t } = useTranslation()
  const editing = useRuleEditing(props.initial, props.onChange)
  const actions = useBuilderActions(editing, props.catalogue)
  const tree = useRef<HTMLDivElement>(null)
  const isReadOnly = props.isReadOnly ?? false
  const { problems: missing, contributions, contributionsAreStale } = props.live
  const problems = useMemo(() => new Map(missing.map(({ nodeId, text }) => [nodeId, text])), [missing])
  const builder: Builder = { ...actions, isReadOnly, problems, contributions, contributionsAreStale }

  const { focus, rule } = editing
  useEffect(() => {
    if (focus) moveFocus(tree.current, focus.id, focus.on)
  }, [focus])
  const earlier = useRef(rule)
  useEffect(() => {
    if (earlier.current === rule) return
    earlier.current = rule
    // What had the focus may be gone with the change; the keys of the tree go on working.
    if (document.activeElement === document.body) tree.current?.focus({ preventScroll: true })
  }, [rule])

  return (
    <BuilderContext value={builder}>
      <Box
        role="group"
        aria-label={t('segments.rule')}
        ref={tree}
        tabIndex={-1}
        className={classes.tree ?? ''}
        onKeyDown={event => steer(event, builder)}
        onCopy={event => copy(event, builder, false)}
        onCut={event => copy(event, builder, true)}
        onPaste={event => paste(event, builder, props.onForeignPaste)}
      >
        <div className={classes.root}>
          <span className={classes.word}>{t('segments.everyoneWith')}</span>
          <MatchChoice group={rule} />
          <span className={classes.word}>{t('segments.these')}</span>
          <Group gap={0} ml="auto" wrap="nowrap">
            <Tooltip label={t('segments.undo')}>
              <ActionIcon
                size="sm"
                className={classes.step ?? ''}
                aria-label={t('segments.undo')}
                disabled={!editing.canUndo || isReadOnly}
                onClick={editing.undo}
              >
                <Undo2 size={14} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('segments.redo')}>
              <ActionIcon
                size="sm"
                className={classes.step ?? ''}
                aria-label={t('segments.redo')}
                disabled={!editing.canRedo || isReadOnly}
                onClick={editing.redo}
              >
                <Redo2 size={14} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </div>
        <GroupParts group={rule} depth={1} />
        <p className={classes.sentence} data-testid="sentence">
          {ruleSentence(rule, props.catalogue.words)}
        </p>
        <output className="t-visually-hidden" aria-live="polite">
          {editing.announcement}
        </output>
      </Box>
    </BuilderContext>
  )
}

function steer(event: KeyboardEvent<HTMLElement>, builder: Builder): void {
  const isMod = event.ctrlKey || event.metaKey
  const key = event.key.toLowerCase()
  if (isMod && (key === 'z' || key === 'y') && !builder.isReadOnly) {
    event.preventDefault()
    event.stopPropagation()
    if (key === 'y' || event.shiftKey) builder.editing.redo()
    else builder.editing.undo()
    return
  }
  const isWalking = (event.key === 'ArrowUp' || event.key === 'ArrowDown') && !event.altKey && !isMod
  if (!isWalking || !(event.target instanceof HTMLElement) || event.target.dataset['handle'] === undefined) return
  if (event.target.getAttribute('aria-expanded') === 'true') return
  event.preventDefault()
  const handles = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-handle]')]
  handles[handles.indexOf(event.target) + (event.key === 'ArrowUp' ? -1 : 1)]?.focus()
}

// In a field the clipboard is the field's own; anywhere else in the tree it carries parts of rules.
function partAt(event: ClipboardEvent<HTMLElement>): string | null | undefined {
  const { target } = event
  if (!(target instanceof HTMLElement)) return undefined
  if (target.closest('input, textarea')) return undefined
  return target.closest<HTMLElement>('[data-part]')?.dataset['part'] ?? null
}

function copy(event: ClipboardEvent<HTMLElement>, builder: Builder, isCut: boolean): void {
  const id = partAt(event)
  if (!id || window.getSelection()?.isCollapsed === false) return
  const part = findPart(builder.editing.rule, id)
  if (!part) return
  event.preventDefault()
  event.clipboardData.setData('text/plain', partToText(part))
  if (isCut && !builder.isReadOnly) builder.remove(id)
}

function paste(
  event: ClipboardEvent<HTMLElement>,
  builder: Builder,
  onForeign: ((text: string) => void) | undefined,
): void {
  const id = partAt(event)
  if (id === undefined || builder.isReadOnly) return
  event.preventDefault()
  const text = event.clipboardData.getData('text/plain')
  if (!builder.paste(text, id) && text.trim() !== '') onForeign?.(text)
}

function moveFocus(tree: HTMLElement | null, id: string, on: 'handle' | 'value'): void {
  if (on === 'value') {
    const value = tree?.querySelector<HTMLElement>(`[data-part="${CSS.escape(id)}"] [data-value] :is(input, button)`)
    const field = tree?.querySelector<HTMLElement>(
      `[data-part="${CSS.escape(id)}"] [data-value] input:not([type=hidden])`,
    )
    const target = field ?? value
    target?.focus()
    if (target) return
  }
  tree?.querySelector<HTMLElement>(`[data-handle="${CSS.escape(id)}"]`)?.focus()
}
