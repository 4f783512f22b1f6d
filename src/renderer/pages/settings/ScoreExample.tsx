import { Select, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ContactId } from '../../../shared/contract/define.ts'
import type { ScoreSettings } from '../../../shared/contract/scores.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ScoreParts } from '../../components/ScoreParts.tsx'
import { nameOf } from '../../lib/contact-name.ts'
import { useAsk } from '../../lib/requests.ts'

/** A contact scored by settings that are not saved yet. */
export function ScoreExample({ settings }: { readonly settings: ScoreSettings }) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search, 200)
  const [chosen, setChosen] = useState<string | null>(null)
  const people = useAsk('contacts.page', api.contacts.page, { search: asked, limit: 20 }, { keepLast: true })
  const rows = people.data?.rows ?? []
  const contactId = chosen ?? rows[0]?.id ?? null
  const label = (row: (typeof rows)[number]): string => `${nameOf(row)}${row.email ? ` · ${row.email}` : ''}`
  return (
    <>
      <Title order={2}>{t('scoring.example')}</Title>
      <Text c="dimmed" mb="sm">
        {t('scoring.exampleSays')}
      </Text>
      <Select
        aria-label={t('scoring.findContact')}
        placeholder={t('scoring.findContact')}
        searchable
        allowDeselect={false}
        mb="md"
        // What is found is found by the application, by more than the name that is shown.
        filter={({ options }) => options}
        data={rows.map(row => ({ value: row.id, label: label(row) }))}
        value={contactId}
        onChange={setChosen}
        onSearchChange={text => setSearch(rows.some(row => label(row) === text) ? '' : text)}
      />
      {contactId === null ? null : <Example contactId={contactId} settings={settings} />}
    </>
  )
}

function Example({ contactId, settings }: { readonly contactId: string; readonly settings: ScoreSettings }) {
  const [asked] = useDebouncedValue(settings, 250)
  // A rule or threshold without words is still being typed.
  const complete = { ...asked, thresholds: asked.thresholds.filter(({ name }) => name.trim() !== '') }
  const scores = useAsk(
    'scores.preview',
    api.scores.preview,
    { contactId: ContactId.parse(contactId), settings: complete },
    { keepLast: true },
  )
  return <Answer to={scores}>{found => <ScoreParts scores={found} />}</Answer>
}
