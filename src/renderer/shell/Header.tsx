import { ActionIcon, Breadcrumbs, Group, Kbd, Text, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { Link, useRouter, useRouterState } from '@tanstack/react-router'
import { ArrowLeft, ArrowRight, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usePlace } from '../lib/place.ts'
import { ActivityRing } from './ActivityRing.tsx'
import { modKey } from './keys.ts'
import { MemberMenu } from './MemberMenu.tsx'
import classes from './Shell.module.css'
import { sectionOf } from './sections.ts'

/** Back and forward, where you are, search, what runs, and who you are. */
export function Header() {
  const { t } = useTranslation()
  const router = useRouter()
  return (
    <Group justify="space-between" wrap="nowrap" gap="md" w="100%">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <Group gap={0} wrap="nowrap">
          <ActionIcon aria-label={t('shell.back')} onClick={() => router.history.back()}>
            <ArrowLeft size={16} />
          </ActionIcon>
          <ActionIcon aria-label={t('shell.forward')} onClick={() => router.history.forward()}>
            <ArrowRight size={16} />
          </ActionIcon>
        </Group>
        <WhereYouAre />
      </Group>
      <Group gap="sm" wrap="nowrap" style={{ flexShrink: 0 }}>
        <UnstyledButton className={classes.search} onClick={spotlight.open}>
          <Search size={14} aria-hidden />
          <Text component="span" inherit style={{ flex: 1 }}>
            {t('shell.search')}
          </Text>
          <Kbd size="xs">{modKey('K')}</Kbd>
        </UnstyledButton>
        <ActivityRing />
        <MemberMenu />
      </Group>
    </Group>
  )
}

function WhereYouAre() {
  const { t } = useTranslation()
  const { title } = usePlace()
  const path = useRouterState({ select: state => state.location.pathname })
  const section = sectionOf(path)
  const name = section ? t(`shell.${section.key}`) : ''
  return (
    <nav aria-label={t('shell.breadcrumb')} style={{ minWidth: 0 }}>
      <Breadcrumbs separator="›" separatorMargin={6} classNames={{ root: classes.crumbs ?? '' }}>
        {section && title !== name ? <Link to={section.path}>{name}</Link> : null}
        <Text component="span" className="t-cut" aria-current="page">
          {title}
        </Text>
      </Breadcrumbs>
    </nav>
  )
}
