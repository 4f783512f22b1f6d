import { Button, Group, Text, Textarea, Title } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactCard } from '../../../shared/contract/contacts.ts'
import { api } from '../../api.ts'
import { Time } from '../../components/Figures.tsx'
import { useAct } from '../../lib/requests.ts'
import classes from './ContactPage.module.css'

/** The notes on a contact, and a place to write one. */
export function NotesSection({ card, mayEdit }: { readonly card: ContactCard; readonly mayEdit: boolean }) {
  const { t } = useTranslation()
  const [body, setBody] = useState('')
  const add = useAct('contacts.addNote', api.contacts.addNote, { onDone: () => setBody('') })
  const save = (): void => {
    if (body.trim() !== '') add.mutate({ id: card.contact.id, body: body.trim() })
  }
  return (
    <section>
      <Title order={2} mb="xs">
        {t('contacts.notes')}
      </Title>
      {mayEdit ? (
        <Group align="flex-end" gap="sm" mb="xs">
          <Textarea
            aria-label={t('contacts.noteNew')}
            placeholder={t('contacts.noteNew')}
            autosize
            minRows={1}
            maxLength={10_000}
            style={{ flex: 1 }}
            value={body}
            onChange={event => setBody(event.currentTarget.value)}
            onKeyDown={getHotkeyHandler([['mod+Enter', save]])}
          />
          <Button variant="default" disabled={body.trim() === ''} loading={add.isPending} onClick={save}>
            {t('contacts.noteAdd')}
          </Button>
        </Group>
      ) : null}
      <ul className={classes.plain}>
        {card.notes.map(note => (
          <li key={note.id} className={classes.entry}>
            <span className={classes.when}>
              <Time at={note.at} />
            </span>
            <div>
              <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{note.body}</Text>
              <Text fz="xs" c="dimmed">
                {note.author}
              </Text>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
