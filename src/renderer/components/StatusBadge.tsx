import { Group, Text } from '@mantine/core'
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleHelp,
  CirclePause,
  CircleSlash,
  CircleX,
  Clock,
  Eye,
  type LucideIcon,
  Undo2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { status as statusWords } from '../locales/en/status.ts'

/** Every state that something in the application can show. */
export type Status = keyof typeof statusWords
type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'busy'

const LOOKS: Readonly<Record<Status, readonly [LucideIcon, Tone]>> = {
  draft: [CircleDashed, 'quiet'],
  in_review: [Eye, 'warn'],
  approved: [CircleCheck, 'good'],
  scheduled: [Clock, 'busy'],
  running: [CircleDot, 'busy'],
  paused: [CirclePause, 'warn'],
  completed: [CircleCheck, 'good'],
  cancelled: [CircleSlash, 'quiet'],
  failed: [CircleX, 'bad'],
  pending: [Clock, 'warn'],
  rejected: [CircleX, 'bad'],
  void: [CircleSlash, 'quiet'],
  ready: [Clock, 'quiet'],
  claimed: [CircleDot, 'busy'],
  attempting: [CircleDot, 'busy'],
  accepted: [CircleCheck, 'good'],
  unknown: [CircleHelp, 'warn'],
  skipped: [CircleSlash, 'quiet'],
  waiting: [Clock, 'quiet'],
  done: [CircleCheck, 'good'],
  undone: [Undo2, 'quiet'],
  dead: [CircleX, 'bad'],
  subscribed: [CircleCheck, 'good'],
  active: [CircleCheck, 'good'],
  unsubscribed: [CircleSlash, 'quiet'],
  bounced: [CircleX, 'bad'],
  granted: [CircleCheck, 'good'],
  denied: [CircleX, 'bad'],
  withdrawn: [CircleSlash, 'warn'],
  ok: [CircleCheck, 'good'],
  warning: [CircleAlert, 'warn'],
  error: [CircleX, 'bad'],
  backing_off: [Clock, 'warn'],
  tripped: [CircleAlert, 'bad'],
  not_reached: [CircleDashed, 'quiet'],
}

interface StatusBadgeProps {
  readonly status: Status
  /** Another word than the usual one. */
  readonly word?: string
}

/** A state as icon and word, so that colour never says it alone. */
export function StatusBadge({ status, word }: StatusBadgeProps) {
  const { t } = useTranslation()
  const [Icon, tone] = LOOKS[status]
  const colour = `var(--t-${tone})`
  return (
    <Group component="span" display="inline-flex" gap={5} wrap="nowrap" style={{ verticalAlign: 'middle' }}>
      <Icon size={14} color={colour} aria-hidden style={{ flexShrink: 0 }} />
      <Text component="span" inherit c={colour} className="t-cut">
        {word ?? t(`status.${status}`)}
      </Text>
    </Group>
  )
}

/** Narrows a word of the contract to a state that can be shown; anything else is told apart as unknown. */
export function asStatus(word: string): Status {
  return isStatus(word) ? word : 'unknown'
}

function isStatus(word: string): word is Status {
  return Object.hasOwn(LOOKS, word)
}
