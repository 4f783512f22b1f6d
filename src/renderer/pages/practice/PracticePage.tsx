import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Inbox, Search, SlidersHorizontal, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import classes from '../../components/ListAndPane.module.css'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useMay } from '../../lib/use-overview.ts'
import { MailList } from './MailList.tsx'
import { ReadingPane } from './ReadingPane.tsx'
import { RulesDialog } from './RulesDialog.tsx'

const STEP = 100

/** The mailbox of the practice account: every captured message as its recipient would see it. */
export function PracticePage() {
  const { t } = useTranslation()
  const mayManage = useMay('senders.manage')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const [limit, setLimit] = useState(STEP)
  const [chosen, setChosen] = useState<string | null>(null)
  const [isRuling, setIsRuling] = useState(false)
  const [isClearing, setIsClearing] = useState(false)
  const mailbox = useAsk('practice.mailbox', api.practice.mailbox, { search, limit }, { keepLast: true })
  const clear = useAct('practice.clear', api.practice.clear, {
    showsError: true,
    onDone: () => {
      setChosen(null)
      void mailbox.refetch().then(() => setIsClearing(false))
    },
  })
  const rows = mailbox.data?.rows ?? []
  // What is about to be deleted is not read any more.
  const shown = isClearing ? null : (chosen ?? rows[0]?.id ?? null)
  return (
    <>
      <PageHeader
        title={t('practice.title')}
        aside={mailbox.data ? t('practice.count', { count: mailbox.data.total }) : null}
        says={t('practice.says')}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<Trash2 size={14} />}
              disabled={!mayManage || rows.length === 0}
              onClick={() => setIsClearing(true)}
            >
              {t('practice.clear')}
            </Button>
            <Button leftSection={<SlidersHorizontal size={14} />} onClick={() => setIsRuling(true)}>
              {t('practice.rules')}
            </Button>
          </>
        }
      />
      <Answer to={mailbox}>
        {({ total }) =>
          total === 0 && search === '' ? (
            <EmptyState icon={Inbox} title={t('practice.empty')} says={t('practice.emptySays')} />
          ) : (
            <div className={classes.panes}>
              <div className={classes.list}>
                <TextInput
                  mb="xs"
                  data-find=""
                  aria-label={t('practice.find')}
                  placeholder={t('practice.find')}
                  leftSection={<Search size={14} aria-hidden />}
                  value={typed}
                  onChange={event => setTyped(event.currentTarget.value)}
                />
                <MailList
                  rows={rows}
                  total={total}
                  shown={shown}
                  onChoose={setChosen}
                  onMore={() => setLimit(Math.min(limit + STEP, 1000))}
                />
              </div>
              {shown === null ? (
                <EmptyState icon={Inbox} title={t('practice.choose')} says="" />
              ) : (
                <ReadingPane key={shown} id={shown} mayManage={mayManage} />
              )}
            </div>
          )
        }
      </Answer>
      <RulesDialog opened={isRuling} mayManage={mayManage} onClose={() => setIsRuling(false)} />
      <ConfirmDialog
        opened={isClearing}
        danger
        title={t('practice.clearTitle')}
        says={t('practice.clearSays')}
        confirm={t('practice.clear')}
        busy={clear.isPending}
        error={clear.error}
        onConfirm={() => clear.mutate({})}
        onClose={() => setIsClearing(false)}
      />
    </>
  )
}
