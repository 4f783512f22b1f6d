import { Box, SegmentedControl, Select, Stack } from '@mantine/core'
import { FileText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CampaignDraft } from '../../../../shared/contract/campaigns.ts'
import { api } from '../../../api.ts'
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { emptyContent } from '../../../components/message/empty-content.ts'
import { MessageWorkbench } from '../../../components/message/MessageWorkbench.tsx'
import { useReport } from '../../../lib/report.ts'
import { useAsk } from '../../../lib/requests.ts'
import { useMay } from '../../../lib/use-overview.ts'
import type { Draft } from '../use-draft.ts'

const BLANK = 'blank'
type Chosen = Pick<CampaignDraft, 'templateId' | 'content'>

/** Takes a template or a starter as the campaign's own copy, and edits that copy. */
export function MessageStep({ draft: { draft, change: changeDraft } }: { readonly draft: Draft }) {
  const { t } = useTranslation()
  const report = useReport()
  const mayEdit = useMay('campaigns.edit')
  const [at, setAt] = useState(0)
  const { further } = draft
  const slot = further[at - 1] ?? draft
  const { channel, content } = slot
  const change = (chosen: Partial<Chosen>, withinMs?: number): void => {
    if (slot === draft) changeDraft(chosen, withinMs)
    else changeDraft({ further: further.map((one, n) => (n === at - 1 ? { ...one, ...chosen } : one)) }, withinMs)
  }
  const library = useAsk('templates.list', api.templates.list, { channel })
  const starters = useAsk('templates.starters', api.templates.starters, { channel })
  const [replacing, setReplacing] = useState<Chosen | null>(null)
  const take = (chosen: Chosen): void => {
    if (content === null) change(chosen, 0)
    else setReplacing(chosen)
  }
  const choose = (value: string | null): void => {
    const row = library.data?.rows.find(one => `template:${one.id}` === value)
    const starter = starters.data?.starters.find(one => `starter:${one.key}` === value)
    if (value === BLANK) take({ templateId: null, content: emptyContent(channel) })
    if (starter) take({ templateId: null, content: starter.content })
    if (row) {
      api.templates.get({ id: row.id }).then(
        template => take({ templateId: template.id, content: template.content }),
        (error: unknown) => report.failed(error),
      )
    }
  }
  return (
    <Stack gap="md" h="100%">
      {further.length > 0 ? (
        <SegmentedControl
          style={{ alignSelf: 'flex-start' }}
          aria-label={t('wizard.messageOf')}
          value={channel}
          onChange={value => setAt([draft, ...further].findIndex(one => one.channel === value))}
          data={[draft, ...further].map(one => ({ value: one.channel, label: t(`common.channel_${one.channel}`) }))}
        />
      ) : null}
      <Select
        w={420}
        label={t('wizard.source')}
        {...(content ? { description: t('wizard.ownCopy') } : {})}
        placeholder={t('wizard.chooseTemplate')}
        searchable
        value={slot.templateId === null ? null : `template:${slot.templateId}`}
        onChange={choose}
        data={[
          {
            group: t('wizard.ownTemplates'),
            items: (library.data?.rows ?? []).map(row => ({ value: `template:${row.id}`, label: row.name })),
          },
          {
            group: t('wizard.starters'),
            items: [
              ...(starters.data?.starters ?? []).map(one => ({ value: `starter:${one.key}`, label: one.name })),
              { value: BLANK, label: t('templates.blank') },
            ],
          },
        ]}
      />
      {content ? (
        <Box flex={1} mih={0}>
          <MessageWorkbench
            key={channel}
            content={content}
            fallbacks={draft.fallbacks}
            readOnly={!mayEdit}
            onChange={next => change({ content: next })}
          />
        </Box>
      ) : (
        <EmptyState icon={FileText} title={t('wizard.noMessage')} says={t('wizard.noMessageSays')} />
      )}
      <ConfirmDialog
        opened={replacing !== null}
        title={t('wizard.replaceTitle')}
        says={t('wizard.replaceSays')}
        confirm={t('wizard.replace')}
        onClose={() => setReplacing(null)}
        onConfirm={() => {
          if (replacing) change(replacing, 0)
          setReplacing(null)
        }}
      />
    </Stack>
  )
}
