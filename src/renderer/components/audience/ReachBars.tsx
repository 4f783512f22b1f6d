import { Text, Title, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Audience } from '../../../shared/contract/campaigns.ts'
import { CampaignId, type Channel } from '../../../shared/contract/define.ts'
import type { ReachStep } from '../../../shared/contract/segments.ts'
import { api } from '../../api.ts'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { ErrorNote } from '../ErrorNote.tsx'
import classes from './AudienceComposer.module.css'
import { ReachPeopleDialog, type WhichReach } from './ReachPeopleDialog.tsx'

interface ReachBarsProps {
  readonly audience: Audience
  readonly channel: Channel
  readonly campaignId: string
}

/** From the chosen people to those who are reached, as bars: who falls out at which step; each step lists its people. */
export function ReachBars({ audience, channel, campaignId }: ReachBarsProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [open, setOpen] = useState<{ readonly which: WhichReach; readonly people: number } | null>(null)
  const asked = { channel, audience, campaignId: CampaignId.parse(campaignId) }
  const reach = useAsk('segments.reach', api.segments.reach, asked, { keepLast: true })
  if (reach.error) return <ErrorNote error={reach.error} />
  if (!reach.data) return null
  const { chosen, steps, reached } = reach.data
  const shown = steps.filter(step => step.people > 0)
  const row = (which: WhichReach, people: number, before: number, left: number): Row => ({
    which,
    people,
    before,
    left,
  })
  const rows: readonly Row[] = [
    row('chosen', chosen, chosen, chosen),
    ...shown.map(step => row(step.step, step.people, step.left + step.people, step.left)),
    row(null, reached, reached, reached),
  ]
  return (
    <section aria-label={t('audience.reach')} className={classes.part}>
      <Title order={2} fz="sm">
        {t('audience.reach')}
      </Title>
      <Text fz="xs" c="dimmed" mb="sm">
        {chosen === 0 ? t('audience.nobody') : t('audience.reachSays')}
      </Text>
      {chosen === 0 ? null : (
        <ul className={classes.steps} style={{ opacity: reach.isPlaceholderData ? 0.5 : 1 }}>
          {rows.map(one => {
            const name = stepName(one.which, t)
            const figure = isGone(one.which) ? `−${formats.number(one.people)}` : formats.number(one.people)
            const content = (
              <>
                <span className="t-cut">{name}</span>
                <Bar row={one} chosen={chosen} />
                <span className="t-num" {...(one.which === null ? { 'data-testid': 'reach-bars' } : {})}>
                  {figure}
                </span>
              </>
            )
            return (
              <li key={one.which ?? 'reached'}>
                {one.which === 'chosen' ? (
                  <div className={classes.step}>{content}</div>
                ) : (
                  <UnstyledButton
                    className={classes.step ?? ''}
                    title={t('audience.showPeople', { what: name })}
                    onClick={() => setOpen({ which: one.which, people: one.people })}
                  >
                    {content}
                  </UnstyledButton>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {open && open.which !== 'chosen' ? (
        <ReachPeopleDialog
          asked={asked}
          step={open.which}
          title={t('audience.peopleTitle', { what: stepName(open.which, t), people: formats.number(open.people) })}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </section>
  )
}

interface Row {
  readonly which: WhichReach
  readonly people: number
  readonly before: number
  readonly left: number
}

function isGone(which: WhichReach): which is ReachStep['step'] {
  return which !== null && which !== 'chosen'
}

function stepName(which: WhichReach, t: (key: string) => string): string {
  if (which === null) return t('audience.reached')
  return which === 'chosen' ? t('audience.chosenPeople') : t(`audience.step_${which}`)
}

// The bar shows who is left, and behind it who goes at this step.
function Bar({ row, chosen }: { readonly row: Row; readonly chosen: number }) {
  const percent = (people: number): string => `${chosen === 0 ? 0 : (people / chosen) * 100}%`
  const isStep = isGone(row.which)
  return (
    <div className={classes.track} aria-hidden>
      <div className={`${classes.left} ${isStep ? classes.faint : ''}`} style={{ width: percent(row.left) }} />
      {isStep ? (
        <div className={classes.gone} style={{ left: percent(row.left), width: `max(2px, ${percent(row.people)})` }} />
      ) : null}
    </div>
  )
}
