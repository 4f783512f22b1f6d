import { Button, Code, Group, Modal, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainFinding, Sender } from '../../../shared/contract/senders.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { Time } from '../../components/Figures.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useAsk } from '../../lib/requests.ts'

/** SPF, DKIM, DMARC and MX of the domain that an account sends from, with what to change. */
export function DomainDialog(props: { readonly sender: Sender; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [anew, setAnew] = useState(false)
  const check = useAsk('senders.checkDomain', api.senders.checkDomain, { senderId: props.sender.id, anew })
  const address = props.sender.settings.fromAddress
  return (
    <Modal
      opened
      size={820}
      onClose={props.onClose}
      title={t('accounts.domainTitle', { domain: address.slice(address.lastIndexOf('@') + 1) })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Answer to={check}>
        {({ findings, checkedAt }) => (
          <Stack gap="md">
            <Table verticalSpacing={6} aria-label={t('accounts.checkDomain')}>
              <Table.Tbody>
                {findings.map(finding => (
                  <FindingRow key={finding.record} finding={finding} />
                ))}
              </Table.Tbody>
            </Table>
            <Group justify="space-between">
              <Text fz="xs" c="dimmed" component="div">
                {t('accounts.domainAt', { at: '' })}
                <Time at={checkedAt} />
              </Text>
              <Button
                variant="default"
                loading={check.isFetching}
                onClick={() => {
                  if (anew) void check.refetch()
                  else setAnew(true)
                }}
              >
                {t('accounts.lookAgain')}
              </Button>
            </Group>
          </Stack>
        )}
      </Answer>
    </Modal>
  )
}

function FindingRow({ finding }: { readonly finding: DomainFinding }) {
  const { t } = useTranslation()
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Th scope="row" w={70}>
        {t(`accounts.record.${finding.record}`)}
      </Table.Th>
      <Table.Td w={120}>
        <StatusBadge status={finding.state === 'not_checked' ? 'not_reached' : finding.state} />
      </Table.Td>
      <Table.Td>
        <Text>{finding.says}</Text>
        {finding.remedy === '' ? null : <Text fw={600}>{finding.remedy}</Text>}
        {finding.found === '' ? null : (
          <Code block fz="xs" mt={4} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {finding.found}
          </Code>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
