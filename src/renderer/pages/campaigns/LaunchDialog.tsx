import { Button, Group, Modal, Progress, Stack, Text, TextInput } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../shared/contract/campaigns.ts'
import { api } from '../../api.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useAct } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'

/** Above this many recipients their number must be typed: nobody sends to thousands by a slip. */
const TYPE_ABOVE = 500
const COUNTDOWN_SECONDS = 10

/** The last step before messages leave: what will happen, the number typed when it is large, and a countdown that can be stopped. */
export function LaunchDialog(props: {
  readonly campaign: Campaign
  readonly reached: number
  readonly label: string
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const { campaign, reached } = props
  const [typed, setTyped] = useState('')
  const [isCounting, setIsCounting] = useState(false)
  const launch = useAct('campaigns.launch', api.campaigns.launch, {
    showsError: true,
    onDone: () => void navigate({ to: '/campaigns/$id', params: { id: campaign.id } }),
  })
  const isNow = campaign.draft.schedule.kind === 'now'
  const mustType = reached > TYPE_ABOVE
  const isConfirmed = !mustType || typed.replace(/\D/g, '') === String(reached)
  const go = (): void => {
    setIsCounting(false)
    if (!launch.isPending) launch.mutate({ id: campaign.id, expected: reached })
  }
  const confirm = (): void => {
    if (!isConfirmed || launch.isPending || isCounting) return
    if (isNow) setIsCounting(true)
    else go()
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.label}
      size={480}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md" onKeyDown={getHotkeyHandler([['mod+Enter', confirm]])}>
        <Text>
          {isNow
            ? t('wizard.sendSays', { sender: campaign.approval?.summary.sender ?? '' })
            : t('wizard.scheduleSays', { at: campaign.approval?.summary.schedule ?? '' })}
        </Text>
        {isCounting ? (
          <Countdown onEnd={go} onStop={props.onClose} />
        ) : (
          <>
            {mustType ? (
              <TextInput
                data-autofocus
                inputMode="numeric"
                autoComplete="off"
                label={t('wizard.typeCount', { number: formats.number(reached) })}
                value={typed}
                onChange={event => setTyped(event.currentTarget.value)}
                onKeyDown={getHotkeyHandler([['Enter', confirm]])}
              />
            ) : null}
            {launch.error ? <ErrorNote error={launch.error} title={t('common.notDone')} /> : null}
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={props.onClose}>
                {t('common.cancel')}
              </Button>
              <Button
                {...(mustType ? {} : { 'data-autofocus': true })}
                disabled={!isConfirmed}
                loading={launch.isPending}
                onClick={confirm}
              >
                {props.label}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  )
}

function Countdown(props: { readonly onEnd: () => void; readonly onStop: () => void }) {
  const { t } = useTranslation()
  const [left, setLeft] = useState(COUNTDOWN_SECONDS)
  const { onEnd } = props
  const stop = useRef<HTMLButtonElement>(null)
  // The button that was pressed is gone; the keys now belong to the way out.
  useEffect(() => stop.current?.focus(), [])
  useEffect(() => {
    if (left === 0) {
      onEnd()
      return
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left, onEnd])
  return (
    <Stack gap="sm">
      <Text fw={600} role="timer" aria-live="off">
        {t('wizard.countdown', { count: left })}
      </Text>
      <Progress
        value={((COUNTDOWN_SECONDS - left) / COUNTDOWN_SECONDS) * 100}
        aria-label={t('wizard.countdown', { count: left })}
      />
      <Group justify="flex-end" gap="sm">
        <Button ref={stop} variant="default" onClick={props.onStop}>
          {t('wizard.stop')}
        </Button>
        <Button onClick={onEnd}>{t('wizard.sendNow')}</Button>
      </Group>
    </Stack>
  )
}
