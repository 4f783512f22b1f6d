import { Text } from '@mantine/core'
import { useFormats } from '../lib/use-formats.ts'

/** A count, right-aligned in tabular figures. */
export function Num({ value }: { readonly value: number }) {
  return <span className="t-num">{useFormats().number(value)}</span>
}

/** A moment, short; the complete time with its zone shows on hover. null is an en dash. */
export function Time({ at }: { readonly at: number | null }) {
  const formats = useFormats()
  if (at === null)
    return (
      <Text component="span" inherit c="dimmed">
        –
      </Text>
    )
  return (
    <time dateTime={new Date(at).toISOString()} title={formats.exactly(at)} style={{ whiteSpace: 'nowrap' }}>
      {formats.when(at)}
    </time>
  )
}
