import { Badge, Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Segment, SegmentVersion } from '../../../shared/contract/segments.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { matchOf } from '../../components/audience/group-match.ts'
import { type RuleChange, ruleChanges } from '../../components/audience/rule-changes.ts'
import { partWords, ruleSentence } from '../../components/audience/rule-sentence.ts'
import type { RuleWords } from '../../components/audience/rule-words.ts'
import { useRuleCatalogue } from '../../components/audience/use-rule-catalogue.ts'
import { Time } from '../../components/Figures.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct, useAsk } from '../../lib/requests.ts'
import classes from './VersionsTab.module.css'

interface VersionsTabProps {
  readonly segment: Segment
  readonly mayEdit: boolean
  /** Whether the rule has changes that are not saved; they would be lost. */
  readonly isDirty: boolean
  readonly onRestored: (segment: Segment) => void
}

const FEW = 25
const MANY = 100

/** How a segment was saved, newest first: what each version asks, what changed in it, and a way back to it. */
export function VersionsTab({ segment, mayEdit, isDirty, onRestored }: VersionsTabProps) {
  const { t } = useTranslation()
  const report = useReport()
  const { words } = useRuleCatalogue()
  const [limit, setLimit] = useState(FEW)
  const { id } = segment
  const answer = useAsk('segments.versions', api.segments.versions, { id, limit }, { keepLast: true })
  const restore = useAct('segments.restore', api.segments.restore, {
    onDone: saved => {
      onRestored(saved)
      report.done(t('segments.versionRestored', { version: saved.version }))
    },
  })
  return (
    <Answer to={answer}>
      {({ versions, more }) => (
        <Stack gap={0} maw={980}>
          <ol className={classes.versions} aria-label={t('segments.tab_versions')}>
            {versions.map((one, n) => (
              <VersionRow
                key={one.version}
                version={one}
                earlier={versions[n + 1] ?? null}
                words={words}
                isNewest={n === 0}
              >
                {n > 0 && mayEdit && segment.kind === 'dynamic' && !isSame(one, versions[0]) ? (
                  <Tooltip label={t('segments.restoreDirty')} disabled={!isDirty}>
                    <Button
                      variant="default"
                      size="compact-sm"
                      disabled={isDirty || restore.isPending}
                      onClick={() => restore.mutate({ id, version: segment.version, earlier: one.version })}
                    >
                      {t('segments.restoreVersion', { version: one.version })}
                    </Button>
                  </Tooltip>
                ) : null}
              </VersionRow>
            ))}
          </ol>
          {more && limit < MANY ? (
            <Button mt="sm" variant="default" w="fit-content" onClick={() => setLimit(MANY)}>
              {t('segments.moreVersions')}
            </Button>
          ) : null}
        </Stack>
      )}
    </Answer>
  )
}

function isSame(one: SegmentVersion, other: SegmentVersion | undefined): boolean {
  return JSON.stringify(one.rule) === JSON.stringify(other?.rule)
}

interface VersionRowProps {
  readonly version: SegmentVersion
  readonly earlier: SegmentVersion | null
  readonly words: RuleWords
  readonly isNewest: boolean
  readonly children: React.ReactNode
}

function VersionRow({ version, earlier, words, isNewest, children }: VersionRowProps) {
  const { t } = useTranslation()
  return (
    <li className={classes.version}>
      <Group justify="space-between" wrap="nowrap" mih={28}>
        <Group gap="xs" wrap="nowrap">
          <Text span fw={600} className="t-num">
            {t('segments.versionNumber', { version: version.version })}
          </Text>
          {isNewest ? (
            <Badge variant="light" size="sm">
              {t('segments.versionNow')}
            </Badge>
          ) : null}
          <Text span c="dimmed">
            {version.savedBy} · <Time at={version.savedAt} />
          </Text>
        </Group>
        {children}
      </Group>
      <Text>{ruleSentence(version.rule, words)}</Text>
      {earlier ? <Changes version={version} earlier={earlier} words={words} /> : null}
    </li>
  )
}

function Changes(props: {
  readonly version: SegmentVersion
  readonly earlier: SegmentVersion
  readonly words: RuleWords
}) {
  const { version, earlier, words } = props
  const { t } = useTranslation()
  const changes = ruleChanges(earlier.rule, version.rule).map(change => changeWords(change, words))
  const renamed =
    earlier.name === version.name ? [] : [t('segments.change_renamed', { before: earlier.name, after: version.name })]
  const all = [...renamed, ...changes]
  const said = all.length > 0 ? all : [t('segments.change_none')]
  return (
    <ul className={classes.changes} aria-label={t('segments.changedSince', { version: earlier.version })}>
      {said.map(text => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}

function changeWords(change: RuleChange, words: RuleWords): string {
  const { t } = words
  const what = partWords(change.part, words)
  switch (change.kind) {
    case 'added':
    case 'removed':
    case 'moved':
      return t(`segments.change_${change.kind}`, { what })
    case 'edited':
      return t('segments.change_edited', { before: partWords(change.before, words), after: what })
    case 'rejoined':
      return t('segments.change_rejoined', {
        before: joinWords(change.before, words),
        after: joinWords(change.part, words),
      })
  }
}

function joinWords(part: RuleChange['part'], { t }: RuleWords): string {
  return part.kind === 'group' ? t(`rules.group_${matchOf(part)}`) : ''
}
