import { Button, Group, Text, Title } from '@mantine/core'
import { FileUp, Sparkles } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { LinkButton } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct } from '../../lib/requests.ts'
import classes from './HomePage.module.css'

/** The first start: load the sample with one click, or begin with your own contacts. */
export function FirstStart() {
  const { t } = useTranslation()
  const report = useReport()
  const load = useAct('workspace.loadSample', api.workspace.loadSample, {
    onDone: () => report.done(t('home.sampleLoaded')),
  })
  return (
    <>
      <PageHeader title={t('home.welcome')} says={t('home.welcomeSays')} />
      <div className={classes.first}>
        <section className={classes.choice}>
          <Sparkles size={24} strokeWidth={1.5} aria-hidden color="var(--t-accent)" />
          <Title order={2}>{t('home.sampleTitle')}</Title>
          <Text c="dimmed">{t('home.sampleSays')}</Text>
          <Button mt="sm" loading={load.isPending} onClick={() => load.mutate({})}>
            {t('home.loadSample')}
          </Button>
        </section>
        <section className={classes.choice}>
          <FileUp size={24} strokeWidth={1.5} aria-hidden color="var(--t-accent)" />
          <Title order={2}>{t('home.emptyTitle')}</Title>
          <Text c="dimmed">{t('home.emptySays')}</Text>
          <Group mt="sm" gap="sm">
            <LinkButton variant="default" to="/imports">
              {t('home.importContacts')}
            </LinkButton>
            <Text c="dimmed">{t('home.dropHere')}</Text>
          </Group>
        </section>
      </div>
    </>
  )
}
