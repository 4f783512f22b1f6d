import { Button, Group, Text } from '@mantine/core'
import { FileUp } from 'lucide-react'
import { useRef } from 'react'
import classes from './FileDrop.module.css'

interface FileDropProps {
  readonly title: string
  readonly says: string
  readonly choose: string
  /** As in `<input accept>`. */
  readonly accept: string
  readonly busy: boolean
  readonly onFile: (file: File) => void
}

/** Asks for a file. Files that are dropped anywhere in the window are taken by the shell. */
export function FileDrop({ title, says, choose, accept, busy, onFile }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className={classes.drop}>
      <Group gap="lg" wrap="nowrap" justify="center">
        <FileUp size={28} strokeWidth={1.5} aria-hidden color="var(--t-accent)" />
        <div>
          <Text fw={600}>{title}</Text>
          <Text c="dimmed">{says}</Text>
        </div>
        <Button loading={busy} onClick={() => input.current?.click()}>
          {choose}
        </Button>
      </Group>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={choose}
        onChange={event => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
    </div>
  )
}
