import { Button, Group, Text } from '@mantine/core'
import { FileUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
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

/** Takes a file that is dropped anywhere in the window, or chosen. */
export function FileDrop({ title, says, choose, accept, busy, onFile }: FileDropProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const over = useFileOverWindow(onFile)
  return (
    <div className={classes.drop} data-over={over || undefined}>
      <Group gap="lg" wrap="nowrap" justify="center">
        <FileUp size={28} strokeWidth={1.5} aria-hidden color="var(--t-accent)" />
        <div>
          <Text fw={600}>{over ? t('common.letGo') : title}</Text>
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
        className="t-visually-hidden"
        tabIndex={-1}
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

/** Whether a file hovers over the window; calls back with it when it is let go. */
function useFileOverWindow(onFile: (file: File) => void): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(onFile)
  useEffect(() => {
    latest.current = onFile
  }, [onFile])
  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent): void => {
      event.preventDefault()
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file) latest.current(file)
    }
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  return over
}
