import { Button, Group, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { FileText, Plus, Search, SearchX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Channel } from '../../../shared/contract/define.ts'
import { CHANNELS } from '../../../shared/domain/channels.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useMay } from '../../lib/use-overview.ts'
import { NewTemplateDialog } from './NewTemplateDialog.tsx'
import { TemplateTable } from './TemplateTable.tsx'

/** The library of message templates: find, make, copy, put away. */
export function TemplatesPage() {
  const { t } = useTranslation()
  const mayEdit = useMay('templates.edit')
  const [channel, setChannel] = useState<Channel | 'all'>('all')
  const [archived, setArchived] = useState(false)
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const [making, setMaking] = useState(false)
  const list = useAsk(
    'templates.list',
    api.templates.list,
    { channel: channel === 'all' ? null : channel, search, archived },
    { keepLast: true },
  )
  const isFiltered = channel !== 'all' || search !== '' || archived
  const create = mayEdit ? (
    <Button leftSection={<Plus size={15} />} onClick={() => setMaking(true)}>
      {t('templates.new')}
    </Button>
  ) : null
  return (
    <>
      <PageHeader
        title={t('templates.title')}
        aside={list.data ? t('templates.count', { count: list.data.rows.length }) : null}
        actions={create}
      />
      <Group gap="md" mb="md">
        <TextInput
          w={280}
          aria-label={t('common.search')}
          placeholder={t('common.search')}
          leftSection={<Search size={14} />}
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('templates.channels')}
          value={channel}
          onChange={setChannel}
          data={[
            { value: 'all', label: t('templates.allChannels') },
            ...CHANNELS.map(value => ({ value, label: t(`common.channel_${value}`) })),
          ]}
        />
        <Switch
          label={t('templates.archived')}
          checked={archived}
          onChange={event => setArchived(event.currentTarget.checked)}
        />
      </Group>
      <Answer to={list}>
        {({ rows }) =>
          rows.length > 0 ? (
            <TemplateTable rows={rows} mayEdit={mayEdit} />
          ) : isFiltered ? (
            <EmptyState icon={SearchX} title={t('templates.nothingFound')} says={t('templates.nothingFoundSays')} />
          ) : (
            <EmptyState icon={FileText} title={t('templates.empty')} says={t('templates.emptySays')} />
          )
        }
      </Answer>
      <NewTemplateDialog opened={making} onClose={() => setMaking(false)} />
    </>
  )
}
