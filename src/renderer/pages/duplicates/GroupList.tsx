import { Button, Group, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DuplicateGroup } from '../../../shared/contract/duplicates.ts'
import classes from '../../components/ListAndPane.module.css'
import { nameOf } from '../../lib/contact-name.ts'
import { useFormats } from '../../lib/use-formats.ts'

/** Groups of contacts that may be one person, the surest first. */
export function GroupList(props: {
  readonly groups: readonly DuplicateGroup[]
  readonly total: number
  readonly shown: number | null
  readonly onChoose: (no: number) => void
  readonly onMore: () => void
}) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <>
      <ul className={classes.rows} aria-label={t('duplicates.list')}>
        {props.groups.map(group => (
          <li key={group.no}>
            <UnstyledButton
              className={classes.row ?? ''}
              {...(group.no === props.shown ? { 'aria-current': 'true' } : {})}
              onClick={() => props.onChoose(group.no)}
            >
              <Group justify="space-between" gap="sm" wrap="nowrap">
                <Text fw={500} truncate>
                  {[...new Set(group.contacts.map(nameOf))].join(' · ')}
                </Text>
                <Text fz="xs" c="dimmed" className="t-num" style={{ whiteSpace: 'nowrap' }}>
                  {t('duplicates.sure', { share: formats.percent(Math.floor(group.confidence * 100) / 100) })}
                </Text>
              </Group>
              <Text fz="xs" c="dimmed" truncate>
                {[
                  t('duplicates.people', { count: group.contacts.length }),
                  ...group.reasons.map(reason => t(`duplicates.reason_${reason}`)),
                ].join(' · ')}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {props.groups.length < props.total && props.groups.length < MOST_SHOWN ? (
        <Button mt="xs" variant="default" onClick={props.onMore}>
          {t('duplicates.more')}
        </Button>
      ) : null}
    </>
  )
}

/** The contract answers up to a hundred groups at once: who has gone through those has the next ones in front of her. */
export const MOST_SHOWN = 100
