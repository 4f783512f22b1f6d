import { NumberInput, Stack, Switch, Table, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  DomainFamily,
  type FamilyLimit,
  type SenderLimits,
  type WarmUp,
} from '../../../shared/contract/sender-settings.ts'
import { useFormats } from '../../lib/use-formats.ts'

const WINDOWS = ['perSecond', 'perMinute', 'perHour', 'perDay'] as const
const NO_LIMIT = { perSecond: null, perMinute: null, perHour: null, perDay: null }
// Doubling every other day is what mailbox providers advise a new sender (standards.md 1.13).
const USUAL_PLAN = [50, 50, 100, 100, 200, 200, 400, 400, 800, 800, 1600, 1600, 3200, 3200]

interface LimitsProps {
  readonly limits: SenderLimits
  readonly onChange: (limits: SenderLimits) => void
}

/** Limits for the mailboxes of each provider, and how a new sender is brought up. */
export function MoreLimits({ limits, onChange }: LimitsProps) {
  return (
    <Stack gap="lg" pt="sm">
      <FamilyLimits limits={limits} onChange={onChange} />
      <WarmUpFields limits={limits} onChange={onChange} />
    </Stack>
  )
}

function FamilyLimits({ limits, onChange }: LimitsProps) {
  const { t } = useTranslation()
  const put = (family: DomainFamily, part: Partial<FamilyLimit>): void => {
    const before = limits.families.find(one => one.family === family) ?? { family, ...NO_LIMIT }
    const next = { ...before, ...part }
    const others = limits.families.filter(one => one.family !== family)
    onChange({ ...limits, families: WINDOWS.every(window => next[window] === null) ? others : [...others, next] })
  }
  return (
    <div>
      <Text fz="xs" c="dimmed" mb={4}>
        {t('accounts.familiesSays')}
      </Text>
      <Table verticalSpacing={3} horizontalSpacing={6} aria-label={t('accounts.families')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('accounts.familyName')}</Table.Th>
            {WINDOWS.map(window => (
              <Table.Th key={window} w={100}>
                {t(`settings.${window}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {DomainFamily.options.map(family => (
            <Table.Tr key={family}>
              <Table.Th scope="row" fw={400}>
                {t(`accounts.family.${family}`)}
              </Table.Th>
              {WINDOWS.map(window => (
                <Table.Td key={window}>
                  <NumberInput
                    size="xs"
                    hideControls
                    min={0}
                    allowDecimal={window === 'perSecond'}
                    aria-label={t('accounts.limitOf', {
                      window: t(`settings.${window}`),
                      family: t(`accounts.family.${family}`),
                    })}
                    value={limits.families.find(one => one.family === family)?.[window] ?? ''}
                    onChange={value => put(family, { [window]: typeof value === 'number' && value > 0 ? value : null })}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function WarmUpFields({ limits, onChange }: LimitsProps) {
  const { t } = useTranslation()
  const { warmUp } = limits
  return (
    <Stack gap="sm">
      <Switch
        label={t('accounts.warmUp')}
        description={t('accounts.warmUpSays')}
        checked={warmUp !== null}
        onChange={event =>
          onChange({
            ...limits,
            warmUp: event.currentTarget.checked ? { startedOn: today(), perDay: USUAL_PLAN } : null,
          })
        }
      />
      {warmUp === null ? null : <WarmUpPlan warmUp={warmUp} onChange={next => onChange({ ...limits, warmUp: next })} />}
    </Stack>
  )
}

function WarmUpPlan(props: { readonly warmUp: WarmUp; readonly onChange: (warmUp: WarmUp) => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { warmUp } = props
  const [typed, setTyped] = useState(warmUp.perDay.join(', '))
  const [first = 0] = warmUp.perDay
  return (
    <Stack gap={6} ml={50}>
      <TextInput
        w={180}
        type="date"
        label={t('accounts.warmUpFrom')}
        value={warmUp.startedOn}
        onChange={event => {
          if (event.currentTarget.value !== '') props.onChange({ ...warmUp, startedOn: event.currentTarget.value })
        }}
      />
      <TextInput
        label={t('accounts.warmUpPlan')}
        description={t('accounts.warmUpPlanHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={typed}
        onChange={event => {
          setTyped(event.currentTarget.value)
          const perDay = planOf(event.currentTarget.value)
          if (perDay.length > 0) props.onChange({ ...warmUp, perDay })
        }}
      />
      <Text fz="xs" role="status">
        {t('accounts.warmUpWords', {
          count: warmUp.perDay.length,
          first: formats.number(first),
          last: formats.number(warmUp.perDay.at(-1) ?? first),
          total: formats.number(warmUp.perDay.reduce((sum, one) => sum + one, 0)),
        })}
      </Text>
    </Stack>
  )
}

function planOf(typed: string): number[] {
  return typed
    .split(/[\s,;]+/)
    .map(Number)
    .filter(count => Number.isInteger(count) && count > 0)
    .slice(0, 60)
}

function today(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}
