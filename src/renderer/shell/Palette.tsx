import { Kbd } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useNavigate } from '@tanstack/react-router'
import { FileUp, Mails, Plus, Search, Send, UserPlus, UserRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { nameOf } from '../lib/contact-name.ts'
import { useAsk } from '../lib/requests.ts'
import { modKey } from './keys.ts'
import { sections } from './sections.ts'

/** Mod+K: every action and every record, by typing a few letters. */
export function Palette() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const records = useRecords(query)
  const go: SpotlightActionData[] = sections.map((section, index) => ({
    id: `go-${section.key}`,
    label: t(`shell.${section.key}`),
    leftSection: <section.icon size={16} aria-hidden />,
    ...(index < 8 ? { rightSection: <Kbd size="xs">{modKey(String(index + 1))}</Kbd> } : {}),
    onClick: () => void navigate({ to: section.path }),
  }))
  const actions: SpotlightActionData[] = [
    {
      id: 'new-campaign',
      label: t('shell.newCampaign'),
      leftSection: <Plus size={16} aria-hidden />,
      rightSection: <Kbd size="xs">{modKey('N')}</Kbd>,
      onClick: () => void navigate({ to: '/campaigns', search: { create: true } }),
    },
    {
      id: 'import',
      label: t('shell.importContacts'),
      leftSection: <FileUp size={16} aria-hidden />,
      rightSection: <Kbd size="xs">{modKey('I')}</Kbd>,
      onClick: () => void navigate({ to: '/imports' }),
    },
    {
      id: 'add-contact',
      label: t('shell.addContact'),
      leftSection: <UserPlus size={16} aria-hidden />,
      onClick: () => void navigate({ to: '/contacts', search: { add: true } }),
    },
  ]
  const groups: SpotlightActionGroupData[] = [
    { group: t('shell.paletteActions'), actions: matching(actions, query) },
    { group: t('shell.paletteGo'), actions: matching(go, query) },
    ...records,
  ]
  return (
    <Spotlight
      actions={groups.filter(group => group.actions.length > 0)}
      // Records are found by the application, actions above: nothing is left to filter.
      filter={(_query, found) => found}
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      scrollable
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      maxHeight={420}
      nothingFound={t('shell.paletteNothing')}
      searchProps={{
        leftSection: <Search size={16} aria-hidden />,
        placeholder: t('shell.palettePlaceholder'),
        'aria-label': t('shell.palettePlaceholder'),
      }}
    />
  )
}

function matching(actions: readonly SpotlightActionData[], query: string): SpotlightActionData[] {
  const words = query.trim().toLowerCase()
  return actions.filter(action => (action.label ?? '').toLowerCase().includes(words))
}

function useRecords(query: string): SpotlightActionGroupData[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search] = useDebouncedValue(query.trim(), 150)
  const wanted = { enabled: search.length > 1, keepLast: true }
  const contacts = useAsk('contacts.page', api.contacts.page, { search, limit: 6 }, wanted)
  const campaigns = useAsk('campaigns.list', api.campaigns.list, { search, limit: 5 }, wanted)
  const templates = useAsk('templates.list', api.templates.list, { search }, wanted)
  if (search.length < 2) return []
  return [
    {
      group: t('shell.paletteContacts'),
      actions: (contacts.data?.rows ?? []).map(contact => ({
        id: contact.id,
        label: nameOf(contact),
        description: [contact.email, contact.city].filter(Boolean).join(' · '),
        leftSection: <UserRound size={16} aria-hidden />,
        onClick: () => void navigate({ to: '/contacts/$id', params: { id: contact.id } }),
      })),
    },
    {
      group: t('shell.paletteCampaigns'),
      actions: (campaigns.data?.rows ?? []).map(campaign => ({
        id: campaign.id,
        label: campaign.name,
        description: t(`status.${campaign.status}`),
        leftSection: <Send size={16} aria-hidden />,
        onClick: () => void navigate({ to: '/campaigns/$id', params: { id: campaign.id } }),
      })),
    },
    {
      group: t('shell.paletteTemplates'),
      actions: (templates.data?.rows ?? []).slice(0, 5).map(template => ({
        id: template.id,
        label: template.name,
        description: template.summary,
        leftSection: <Mails size={16} aria-hidden />,
        onClick: () => void navigate({ to: '/templates/$id', params: { id: template.id } }),
      })),
    },
  ]
}
