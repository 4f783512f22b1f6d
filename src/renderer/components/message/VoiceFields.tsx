import { Autocomplete, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { VoiceContent } from '../../../shared/contract/message-content.ts'

// Voices of Amazon Polly that Twilio reads with, one or two for each language.
const VOICES = [
  ['Polly.Joanna', 'en-US'],
  ['Polly.Matthew', 'en-US'],
  ['Polly.Amy', 'en-GB'],
  ['Polly.Brian', 'en-GB'],
  ['Polly.Marlene', 'de-DE'],
  ['Polly.Hans', 'de-DE'],
  ['Polly.Celine', 'fr-FR'],
  ['Polly.Conchita', 'es-ES'],
  ['Polly.Mia', 'es-MX'],
  ['Polly.Carla', 'it-IT'],
  ['Polly.Giorgio', 'it-IT'],
  ['Polly.Lotte', 'nl-NL'],
  ['Polly.Ewa', 'pl-PL'],
  ['Polly.Ines', 'pt-PT'],
  ['Polly.Vitoria', 'pt-BR'],
] as const
const LANGUAGES = [...new Set(VOICES.map(([, language]) => language))]

/** Who reads a call out, and in which language; a known voice brings its language with it. */
export function VoiceFields(props: {
  readonly content: VoiceContent
  readonly readOnly: boolean
  readonly onChange: (content: VoiceContent) => void
}) {
  const { t } = useTranslation(undefined, { keyPrefix: 'message' })
  const { content } = props
  return (
    <Group gap="md" align="flex-start" grow>
      <Autocomplete
        label={t('voice')}
        data={VOICES.map(([voice]) => voice)}
        value={content.voice}
        maxLength={60}
        readOnly={props.readOnly}
        onChange={voice => {
          const known = VOICES.find(([name]) => name === voice)
          props.onChange({ ...content, voice, ...(known ? { language: known[1] } : {}) })
        }}
      />
      <Autocomplete
        label={t('language')}
        data={LANGUAGES}
        value={content.language}
        maxLength={20}
        readOnly={props.readOnly}
        onChange={language => props.onChange({ ...content, language })}
      />
    </Group>
  )
}
