import { ActionIcon, Button, Checkbox, Group, Modal, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { Plus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PracticeBehaviour } from '../../../shared/contract/practice.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'

/** How practice addresses behave: all together, and one by one. */
export function RulesDialog(props: {
  readonly opened: boolean
  readonly mayManage: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const rules = useAsk('practice.rules', api.practice.rules, {}, { enabled: props.opened })
  const setFallback = useAct('practice.setFallback', api.practice.setFallback)
  const setRule = useAct('practice.setRule', api.practice.setRule)
  const choices = PracticeBehaviour.options.map(one => ({ value: one, label: t(`practice.behaviour.${one}`) }))
  const disabled = !props.mayManage
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t('practice.rules')}
      size={560}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Answer to={rules}>
        {({ fallback, lively, rules: all }) => (
          <Stack gap="lg">
            <Text c="dimmed">{t('practice.rulesSays')}</Text>
            <Checkbox
              label={t('practice.lively')}
              description={t('practice.livelySays')}
              checked={lively}
              disabled={disabled}
              onChange={event => setFallback.mutate({ behaviour: fallback, lively: event.currentTarget.checked })}
            />
            <Select
              label={t('practice.fallback')}
              allowDeselect={false}
              disabled={disabled || lively}
              data={choices}
              value={fallback}
              onChange={value =>
                value ? setFallback.mutate({ behaviour: PracticeBehaviour.parse(value), lively }) : undefined
              }
            />
            {all.length === 0 ? (
              <Text c="dimmed">{t('practice.noRules')}</Text>
            ) : (
              <Table verticalSpacing={2} aria-label={t('practice.rules')}>
                <Table.Tbody>
                  {all.map(rule => (
                    <Table.Tr key={rule.address}>
                      <Table.Td>{rule.address}</Table.Td>
                      <Table.Td>{t(`practice.behaviour.${rule.behaviour}`)}</Table.Td>
                      <Table.Td w={36}>
                        <ActionIcon
                          size="sm"
                          disabled={disabled}
                          aria-label={t('practice.removeRule', { address: rule.address })}
                          onClick={() => setRule.mutate({ address: rule.address, behaviour: null })}
                        >
                          <X size={14} />
                        </ActionIcon>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )}
            {disabled ? null : <AddRule choices={choices} onAdd={setRule.mutate} />}
          </Stack>
        )}
      </Answer>
    </Modal>
  )
}

function AddRule(props: {
  readonly choices: { value: string; label: string }[]
  readonly onAdd: (rule: { address: string; behaviour: PracticeBehaviour }) => void
}) {
  const { t } = useTranslation()
  const [address, setAddress] = useState('')
  const [behaviour, setBehaviour] = useState<PracticeBehaviour>('bounce_hard')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (address.trim() === '') return
    props.onAdd({ address: address.trim(), behaviour })
    setAddress('')
  }
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="flex-end" wrap="nowrap">
        <TextInput
          flex={1}
          label={t('practice.address')}
          value={address}
          maxLength={320}
          onChange={event => setAddress(event.currentTarget.value)}
        />
        <Select
          w={220}
          aria-label={t('practice.rules')}
          allowDeselect={false}
          data={props.choices}
          value={behaviour}
          onChange={value => setBehaviour(PracticeBehaviour.parse(value))}
        />
        <Button type="submit" variant="default" leftSection={<Plus size={14} />} disabled={address.trim() === ''}>
          {t('practice.addRule')}
        </Button>
      </Group>
    </form>
  )
}
