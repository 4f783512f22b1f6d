import { Stack, Table, Text, TextInput } from '@mantine/core'
import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api.ts'
import { Answer } from '../../../components/Answer.tsx'
import { useVocabulary } from '../../../components/message/use-message-check.ts'
import { useAsk } from '../../../lib/requests.ts'
import { useFormats } from '../../../lib/use-formats.ts'
import type { Draft } from '../use-draft.ts'

/** The fields the message uses, how many recipients lack each, and what stands in. */
export function PersonalisationStep(props: { readonly campaignId: string; readonly draft: Draft }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { draft, change } = props.draft
  const vocabulary = useVocabulary()
  const missing = useAsk(
    'campaigns.missingValues',
    api.campaigns.missingValues,
    { id: props.campaignId },
    { enabled: draft.content !== null, keepLast: true },
  )
  const labelOf = (name: string): string => vocabulary.fields.find(field => field.name === name)?.label ?? name
  if (draft.content === null) return <Text c="dimmed">{t('wizard.needsMessage')}</Text>
  return (
    <Answer to={missing}>
      {({ recipients, fields }) =>
        fields.length === 0 ? (
          <Text c="dimmed">{t('wizard.noFields')}</Text>
        ) : (
          <Stack gap="sm" maw={760}>
            <Text c="dimmed">{t('wizard.fieldsSays')}</Text>
            <Table verticalSpacing={4} aria-label={t('wizard.fields')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('wizard.field')}</Table.Th>
                  <Table.Th ta="right">{t('wizard.missing')}</Table.Th>
                  <Table.Th w="45%">{t('wizard.fallback')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {fields.map(({ field, missing: lacking }) => (
                  <Table.Tr key={field}>
                    <Table.Td>
                      {labelOf(field)} <Text component="code" fz="xs" c="dimmed" ff="monospace">{`{{${field}}}`}</Text>
                    </Table.Td>
                    <Table.Td className="t-num">
                      {lacking === 0 ? (
                        <Text component="span" inherit c="var(--t-good)">
                          <CircleCheck size={13} aria-hidden style={{ verticalAlign: -2 }} /> {t('wizard.complete')}
                        </Text>
                      ) : (
                        t('wizard.missingOf', { missing: formats.number(lacking), total: formats.number(recipients) })
                      )}
                    </Table.Td>
                    <Table.Td>
                      <TextInput
                        size="xs"
                        aria-label={t('wizard.fallbackFor', { field: labelOf(field) })}
                        maxLength={1000}
                        value={draft.fallbacks[field] ?? ''}
                        onChange={event =>
                          change({ fallbacks: withFallback(draft.fallbacks, field, event.currentTarget.value) })
                        }
                      />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Stack>
        )
      }
    </Answer>
  )
}

function withFallback(
  fallbacks: Readonly<Record<string, string>>,
  field: string,
  value: string,
): Record<string, string> {
  const { [field]: _, ...others } = fallbacks
  return value === '' ? others : { ...others, [field]: value }
}
