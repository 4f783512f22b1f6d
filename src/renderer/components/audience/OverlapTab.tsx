import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SegmentId } from '../../../shared/contract/define.ts'
import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { api } from '../../api.ts'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { ErrorNote } from '../ErrorNote.tsx'
import { LinkAnchor } from '../links.tsx'
import classes from './LivePanel.module.css'

const EMPTY: RuleGroup = { kind: 'group', id: 'root', match: 'all', negated: false, rules: [] }

/** How many of the people are in other segments too. */
export function OverlapTab(props: { readonly rule: RuleGroup | null; readonly segmentId: string | null }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const overlap = useAsk(
    'segments.overlap',
    api.segments.overlap,
    { rule: props.rule ?? EMPTY, except: props.segmentId === null ? null : SegmentId.parse(props.segmentId) },
    { enabled: props.rule !== null, keepLast: true },
  )
  if (overlap.error) return <ErrorNote error={overlap.error} />
  if (!overlap.data) return null
  const { people, segments } = overlap.data
  if (segments.length === 0) return <Text c="dimmed">{t('segments.noOthers')}</Text>
  return (
    <ul className={`${classes.people} ${overlap.isPlaceholderData ? classes.faded : ''}`}>
      {segments
        .toSorted((a, b) => b.both - a.both)
        .map(segment => (
          <li key={segment.id} className={classes.overlap}>
            <LinkAnchor to="/segments/$id" params={{ id: segment.id }} inherit c="inherit" className="t-cut">
              {segment.name}
            </LinkAnchor>
            <Text span fz="xs" c="dimmed" className="t-num">
              {t('segments.both', {
                count: segment.both,
                share: formats.percent(people === 0 ? 0 : segment.both / people),
              })}
            </Text>
            <div className={classes.track} aria-hidden>
              <div
                className={classes.share}
                style={{ width: `${people === 0 ? 0 : (segment.both / people) * 100}%` }}
              />
            </div>
          </li>
        ))}
    </ul>
  )
}
