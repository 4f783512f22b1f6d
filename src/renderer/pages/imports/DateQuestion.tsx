import { Alert, Button, Group, Text } from '@mantine/core'
import { CalendarSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ImportOptions } from '../../../shared/contract/imports.ts'

type DateOrder = ImportOptions['dateOrder']

interface DateQuestionProps {
  /** A date that can be read in two ways, such as 03/04/05. */
  readonly example: string
  readonly onAnswer: (order: DateOrder) => void
}

/** Asks once for a file what its dates mean, where nothing in it tells. */
export function DateQuestion({ example, onAnswer }: DateQuestionProps) {
  const { t, i18n } = useTranslation()
  const answers = (['dmy', 'mdy'] as const).flatMap(order => {
    const day = dayOf(example, order)
    return day === null ? [] : [{ order, says: format(day, i18n.language) }]
  })
  return (
    <Alert color="yellow" variant="light" mt="md" icon={<CalendarSearch size={16} />}>
      <Group justify="space-between" gap="md">
        <Text>{t('imports.dateAsk', { example })}</Text>
        <Group gap="xs">
          {answers.map(({ order, says }) => (
            <Button key={order} size="compact-sm" variant="default" onClick={() => onAnswer(order)}>
              {says}
            </Button>
          ))}
        </Group>
      </Group>
    </Alert>
  )
}

function dayOf(example: string, order: 'dmy' | 'mdy'): Date | null {
  const parts = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})/.exec(example)
  if (!parts) return null
  const [first, second, written] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const year = written < 30 ? 2000 + written : written < 100 ? 1900 + written : written
  return order === 'dmy' ? new Date(year, second - 1, first) : new Date(year, first - 1, second)
}

function format(day: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(day)
}
