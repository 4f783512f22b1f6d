import { Alert, List, Stack, Text, Textarea } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useAct } from '../../lib/requests.ts'

/** Reads a rule of another program that was pasted, and says what of it is not understood. */
export function PasteRuleDialog(props: {
  readonly text: string
  readonly onRule: (rule: RuleGroup) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState(props.text)
  const read = useAct('segments.importRule', api.segments.importRule, { showsError: true })
  const found = read.data
  const isReadAsItStands = found !== undefined && read.variables?.text === text
  const take = (): void => {
    if (isReadAsItStands && found.rule) props.onRule(found.rule)
    else
      read.mutate(
        { text },
        {
          onSuccess: answer => {
            if (answer.rule && answer.problems.length === 0 && answer.notes.length === 0) props.onRule(answer.rule)
          },
        },
      )
  }
  const canTake = isReadAsItStands && found.rule !== null
  return (
    <ConfirmDialog
      opened
      title={t('segments.pasteTitle')}
      says={t('segments.pasteSays')}
      confirm={t(canTake ? 'segments.pasteUse' : 'segments.pasteRead')}
      busy={read.isPending}
      error={read.error}
      disabled={text.trim() === '' || (isReadAsItStands && found.rule === null)}
      onConfirm={take}
      onClose={props.onClose}
    >
      <Textarea
        label={t('segments.pasteLabel')}
        data-autofocus
        autosize
        minRows={6}
        maxRows={14}
        maxLength={200_000}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      {isReadAsItStands && (found.problems.length > 0 || found.notes.length > 0 || !found.rule) ? (
        <Alert
          color={found.rule ? 'yellow' : 'red'}
          variant="light"
          icon={<CircleAlert size={16} />}
          title={t(found.rule ? 'segments.pasteNotes' : 'segments.pasteProblems')}
        >
          <Stack gap={4}>
            {found.problems.length === 0 && found.notes.length === 0 ? <Text>{t('segments.pasteUnknown')}</Text> : null}
            <List size="sm" spacing={2}>
              {found.problems.map(problem => (
                <List.Item key={`${problem.path} ${problem.text}`}>
                  {problem.path === '' ? problem.text : `${problem.path}: ${problem.text}`}
                </List.Item>
              ))}
              {found.notes.map(note => (
                <List.Item key={note}>{note}</List.Item>
              ))}
            </List>
          </Stack>
        </Alert>
      ) : null}
    </ConfirmDialog>
  )
}
