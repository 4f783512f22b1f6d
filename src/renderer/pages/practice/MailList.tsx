import { Button, Group, Text, UnstyledButton } from '@mantine/core'
import { MailOpen, MousePointerClick } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PracticeRow } from '../../../shared/contract/practice.ts'
import { ChannelIcon } from '../../components/ChannelIcon.tsx'
import { Time } from '../../components/Figures.tsx'
import classes from '../../components/ListAndPane.module.css'
import { useFormats } from '../../lib/use-formats.ts'

/** Captured messages, newest first. */
export function MailList(props: {
  readonly rows: readonly PracticeRow[]
  readonly total: number
  readonly shown: string | null
  readonly onChoose: (id: string) => void
  readonly onMore: () => void
}) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <>
      <ul className={classes.rows} aria-label={t('practice.list')}>
        {props.rows.map(row => (
          <li key={row.id}>
            <UnstyledButton
              className={classes.row ?? ''}
              {...(row.id === props.shown ? { 'aria-current': 'true' } : {})}
              onClick={() => props.onChoose(row.id)}
            >
              <Group justify="space-between" gap="sm" wrap="nowrap">
                <Text fw={500} truncate>
                  {row.to}
                </Text>
                <Text component="div" fz="xs" c="dimmed" className="t-num" style={{ whiteSpace: 'nowrap' }}>
                  <Time at={row.receivedAt} />
                </Text>
              </Group>
              <Group gap={6} wrap="nowrap">
                <ChannelIcon channel={row.channel} size={12} />
                <Text fz="xs" c="dimmed" truncate flex={1}>
                  {row.subject}
                </Text>
                {row.openedAt === null ? null : (
                  <MailOpen
                    size={12}
                    role="img"
                    aria-label={t('practice.wasOpened', { at: formats.when(row.openedAt) })}
                  />
                )}
                {row.clickedAt === null ? null : (
                  <MousePointerClick
                    size={12}
                    role="img"
                    aria-label={t('practice.wasClicked', { at: formats.when(row.clickedAt) })}
                  />
                )}
              </Group>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {props.rows.length < props.total && props.rows.length < 1000 ? (
        <Button mt="xs" variant="default" onClick={props.onMore}>
          {t('practice.older')}
        </Button>
      ) : null}
    </>
  )
}
