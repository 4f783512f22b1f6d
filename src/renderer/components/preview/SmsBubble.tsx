import { Box, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SmsMeasure } from '../../../shared/contract/message-content.ts'

/** A text message as it appears on a telephone, with its length in segments below. */
export function SmsBubble(props: { readonly text: string; readonly measure: SmsMeasure }) {
  return (
    <Stack gap="sm" align="flex-start" maw={360}>
      <Box
        px={14}
        py={10}
        style={{
          background: 'var(--mantine-color-default-hover)',
          borderRadius: '16px 16px 16px 4px',
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          fontSize: 14,
          lineHeight: 1.45,
        }}
      >
        {props.text === '' ? ' ' : props.text}
      </Box>
      <SegmentMeter measure={props.measure} />
    </Stack>
  )
}

/** How long a text message is, in the segments that are paid for, and which characters make it longer. */
export function SegmentMeter(props: { readonly measure: SmsMeasure }) {
  const { t } = useTranslation(undefined, { keyPrefix: 'preview' })
  const { alphabet, units, segments, culprits } = props.measure
  // 3GPP TS 23.040: 160 or 70 units in one message; 153 or 67 in each of several, as the header takes room.
  const single = alphabet === 'gsm7' ? 160 : 70
  const joined = alphabet === 'gsm7' ? 153 : 67
  const room = segments <= 1 ? single : segments * joined
  return (
    <Stack gap={4} w="100%">
      <Group gap={4} wrap="nowrap" aria-hidden="true">
        {Array.from({ length: Math.max(segments, 1) }, (_, at) => {
          const size = segments <= 1 ? single : joined
          const filled = Math.min(Math.max(units - at * size, 0), size) / size
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: segments are told apart by their place alone
            <Box key={at} h={5} flex={1} style={{ borderRadius: 3, background: 'var(--mantine-color-default-border)' }}>
              <Box
                h={5}
                w={`${filled * 100}%`}
                style={{ borderRadius: 3, background: 'var(--mantine-primary-color-filled)' }}
              />
            </Box>
          )
        })}
      </Group>
      <Text size="xs">
        {t('segments', { count: segments })} · {t('units', { units, room })} ·{' '}
        {alphabet === 'gsm7' ? 'GSM-7' : 'Unicode (UCS-2)'}
      </Text>
      {culprits.length > 0 ? (
        <Text size="xs" c="dimmed">
          {t('culprits', { count: culprits.length })}{' '}
          {culprits.map(character => (
            <Text key={character} component="code" inherit fw={700} c="var(--mantine-color-text)" mx={2}>
              {character}
            </Text>
          ))}
        </Text>
      ) : null}
    </Stack>
  )
}
