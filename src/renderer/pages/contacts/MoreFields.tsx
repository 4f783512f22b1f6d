import { Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../../shared/contract/contacts.ts'
import { Time } from '../../components/Figures.tsx'

/** What is known of a contact beside what a person edits. */
export function MoreFields({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation()
  const rows: readonly (readonly [string, string])[] = [
    ...Object.entries(contact.socials),
    [
      t('contacts.coordinates'),
      contact.latitude === null || contact.longitude === null ? '' : `${contact.latitude}, ${contact.longitude}`,
    ],
    [t('contacts.source'), contact.source],
  ]
  return (
    <section>
      <Title order={2} mt="md" mb="xs">
        {t('contacts.more')}
      </Title>
      <Table verticalSpacing={4} horizontalSpacing={0}>
        <Table.Tbody>
          {rows
            .filter(([, value]) => value !== '')
            .map(([label, value]) => (
              <Table.Tr key={label}>
                <Table.Td c="dimmed" w={130} tt="capitalize">
                  {label}
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      <Text fz="xs" c="dimmed" mt="xs">
        {t('contacts.createdAt')} <Time at={contact.createdAt} /> · {t('contacts.updatedAt')}{' '}
        <Time at={contact.updatedAt} />
      </Text>
    </section>
  )
}
