import { ActionIcon, Box, Tooltip } from '@mantine/core'
import { CircleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rule } from '../../../shared/domain/segment-rule.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useBuilder } from './builder-context.ts'
import { PartHandle, turned } from './PartHandle.tsx'
import classes from './RuleBuilder.module.css'
import { partWords } from './rule-sentence.ts'
import type { Step } from './rule-steps.ts'
import type { Place } from './rule-tree.ts'
import { usePartDrag } from './use-part-drag.ts'

const STEPS: Readonly<Record<string, Step>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' }

interface RuleLineProps {
  readonly part: Rule
  readonly place: Place
  /** "and", "or", or nothing on the first line. */
  readonly joint: string
  readonly children: ReactNode
}

/** One line of the editor: grip, what joins it to the line above, the part itself, and what it does to the number. */
export function RuleLine({ part, place, joint, children }: RuleLineProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const builder = useBuilder()
  const { line, handle, edge, isDragged } = usePartDrag(builder, part, place)
  const problem = builder.problems.get(part.id)
  const contribution = builder.contributions.get(part.id)
  return (
    <Box
      role="group"
      aria-label={partWords(part, builder.catalogue.words)}
      ref={line}
      className={classes.line ?? ''}
      data-part={part.id}
      data-edge={edge ?? undefined}
      data-dragged={isDragged ? '' : undefined}
      onKeyDown={event => {
        if (builder.isReadOnly) return
        const step = event.altKey ? STEPS[event.key] : undefined
        const isOnHandle = event.target === handle.current
        const isMod = event.ctrlKey || event.metaKey
        if (step) builder.step(part.id, step)
        else if (isMod && event.key === 'd') builder.duplicate(part.id)
        else if (isOnHandle && (event.key === 'Delete' || event.key === 'Backspace')) builder.remove(part.id)
        else if (isOnHandle && !isMod && event.key === 'n') builder.replace(turned(part))
        else if (isOnHandle && !isMod && event.key === 'g') builder.wrap(part.id)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <PartHandle part={part} ref={handle} />
      <span className={classes.joint} aria-hidden>
        {joint}
      </span>
      <div className={classes.body} data-value="">
        {children}
        {problem === undefined ? null : (
          <span className={classes.problem}>
            <CircleAlert size={13} aria-hidden />
            {problem}
          </span>
        )}
      </div>
      {contribution && contribution.without !== null ? (
        <Tooltip
          label={t('segments.contribution', {
            without: formats.number(contribution.without),
            alone: formats.number(contribution.alone),
          })}
        >
          <span className={classes.without} data-stale={builder.contributionsAreStale ? '' : undefined}>
            {t('segments.without', { people: formats.number(contribution.without) })}
          </span>
        </Tooltip>
      ) : null}
      {builder.isReadOnly ? null : (
        <ActionIcon
          size="sm"
          className={classes.remove ?? ''}
          aria-label={t('segments.removeLine')}
          tabIndex={-1}
          onClick={() => builder.remove(part.id)}
        >
          <X size={14} />
        </ActionIcon>
      )}
    </Box>
  )
}
