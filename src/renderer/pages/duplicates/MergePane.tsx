import { Button, Group, Radio, Table, Text, Title } from '@mantine/core'
import { Merge } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../../shared/contract/contacts.ts'
import type { DuplicateGroup, MergePlan } from '../../../shared/contract/duplicates.ts'
import { Time } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { nameOf } from '../../lib/contact-name.ts'
import classes from './DuplicatesPage.module.css'
import { mergeLines, takenFrom, withField, withSurvivor } from './merge-fields.ts'

/** The contacts of a group side by side: which of them stays, and what she gets from the others. */
export function MergePane(props: {
  readonly group: DuplicateGroup
  readonly mayEdit: boolean
  readonly busy: boolean
  readonly onMerge: (plan: MergePlan) => void
  readonly onDismiss: () => void
  /** Tells the plan as it stands, for the keys of the page. */
  readonly onPlan: (plan: MergePlan) => void
}) {
  const { t } = useTranslation()
  const { contacts, suggestion } = props.group
  const [plan, setPlan] = useState<MergePlan>(suggestion)
  const change = (next: MergePlan): void => {
    setPlan(next)
    props.onPlan(next)
  }
  return (
    <>
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2}>{t('duplicates.compare')}</Title>
        <Group gap="xs">
          <Button variant="default" disabled={!props.mayEdit || props.busy} onClick={props.onDismiss}>
            {t('duplicates.dismiss')}
          </Button>
          <Button
            leftSection={<Merge size={14} />}
            disabled={!props.mayEdit}
            loading={props.busy}
            onClick={() => props.onMerge(plan)}
          >
            {t('duplicates.merge')}
          </Button>
        </Group>
      </Group>
      <section className={classes.compare} aria-label={t('duplicates.compare')}>
        <Table verticalSpacing={4} layout="fixed" miw={140 + contacts.length * 180}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={130}>{t('duplicates.field')}</Table.Th>
              {contacts.map(contact => (
                <Table.Th key={contact.id}>
                  <LinkAnchor to="/contacts/$id" params={{ id: contact.id }} inherit>
                    {nameOf(contact)}
                  </LinkAnchor>
                  <Radio
                    size="xs"
                    mt={4}
                    name="survivor"
                    checked={plan.survivorId === contact.id}
                    label={t('duplicates.stays')}
                    aria-label={t('duplicates.staysOf', { name: nameOf(contact) })}
                    onChange={() => change(withSurvivor(plan, contact.id, contacts))}
                  />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {mergeLines(contacts).map(line => (
              <Table.Tr key={line.field}>
                <Table.Th scope="row" fw={400} c="dimmed">
                  {t(`duplicates.field_${line.field}`)}
                </Table.Th>
                {contacts.map((contact, index) => {
                  const value = line.values[index] ?? ''
                  const taken = takenFrom(plan, line.field) === contact.id
                  return (
                    <Table.Td key={contact.id} className={line.differs && taken ? (classes.taken ?? '') : ''}>
                      {line.differs && value !== '' ? (
                        <Radio
                          size="xs"
                          name={line.field}
                          checked={taken}
                          label={value}
                          aria-label={t('duplicates.take', { field: t(`duplicates.field_${line.field}`), value })}
                          onChange={() => change(withField(plan, line.field, contact.id))}
                        />
                      ) : (
                        <Text className={classes.same ?? ''}>{value || '–'}</Text>
                      )}
                    </Table.Td>
                  )
                })}
              </Table.Tr>
            ))}
            <Facts contacts={contacts} />
          </Table.Tbody>
        </Table>
      </section>
      <Text fz="xs" c="dimmed" mt="sm" maw={680}>
        {t('duplicates.united')} {t('duplicates.mergeKeys')}.
      </Text>
    </>
  )
}

function Facts({ contacts }: { readonly contacts: readonly Contact[] }) {
  const { t } = useTranslation()
  const row = (name: string, of: (contact: Contact) => React.ReactNode) => (
    <Table.Tr key={name}>
      <Table.Th scope="row" fw={400} c="dimmed">
        {name}
      </Table.Th>
      {contacts.map(contact => (
        <Table.Td key={contact.id}>{of(contact)}</Table.Td>
      ))}
    </Table.Tr>
  )
  return (
    <>
      {row(t('duplicates.tags'), contact => contact.tags.join(', ') || '–')}
      {row(t('duplicates.added'), contact => (
        <Time at={contact.createdAt} />
      ))}
      {row(t('duplicates.changed'), contact => (
        <Time at={contact.updatedAt} />
      ))}
    </>
  )
}
