import { Button, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Segment } from '../../../shared/contract/segments.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { Time } from '../../components/Figures.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct, useAsk } from '../../lib/requests.ts'
import { RefreshChoice } from './SegmentDialogs.tsx'
import { UseList } from './UseList.tsx'

/** Name, description and refresh of a segment, and what uses it. */
export function SettingsTab({ segment, mayEdit }: { readonly segment: Segment; readonly mayEdit: boolean }) {
  const { t } = useTranslation()
  const report = useReport()
  const used = useAsk('segments.usedBy', api.segments.usedBy, { id: segment.id })
  const [name, setName] = useState(segment.name)
  const [description, setDescription] = useState(segment.description)
  const [refresh, setRefresh] = useState(segment.refresh)
  const save = useAct('segments.save', api.segments.save, {
    showsError: true,
    onDone: () => report.done(t('segments.saved')),
  })
  const isDirty = name !== segment.name || description !== segment.description || refresh !== segment.refresh
  const { id, version, rule } = segment
  return (
    <Stack gap="xl" maw={560}>
      <Stack gap="md">
        <TextInput
          label={t('segments.name')}
          maxLength={100}
          disabled={!mayEdit}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <Textarea
          label={t('segments.description')}
          maxLength={1000}
          autosize
          minRows={2}
          disabled={!mayEdit}
          value={description}
          onChange={event => setDescription(event.currentTarget.value)}
        />
        <Text fz="xs" c="dimmed">
          {t(segment.kind === 'dynamic' ? 'segments.dynamicSays' : 'segments.staticSays')}
        </Text>
        {segment.kind === 'dynamic' ? (
          <>
            <RefreshChoice value={refresh} isDisabled={!mayEdit} onChange={setRefresh} />
            {segment.nextRefreshAt === null ? null : (
              <Text fz="xs" c="dimmed">
                {t('segments.nextRefresh')} <Time at={segment.nextRefreshAt} />
              </Text>
            )}
          </>
        ) : null}
        {save.error ? <ErrorNote error={save.error} title={t('segments.notSaved')} /> : null}
        <Group>
          <Button
            disabled={!isDirty || name.trim() === '' || !mayEdit}
            loading={save.isPending}
            onClick={() =>
              save.mutate({ id, version, rule, refresh, name: name.trim(), description: description.trim() })
            }
          >
            {t('segments.saveSettings')}
          </Button>
        </Group>
      </Stack>
      <section aria-label={t('segments.usedBy')}>
        <Title order={2} mb="xs">
          {t('segments.usedBy')}
        </Title>
        <Answer to={used}>
          {({ uses }) =>
            uses.length > 0 ? <UseList uses={uses} /> : <Text c="dimmed">{t('segments.usedByNothing')}</Text>
          }
        </Answer>
      </section>
    </Stack>
  )
}
