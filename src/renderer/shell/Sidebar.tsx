import { ActionIcon, Tooltip } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { useAsk } from '../lib/requests.ts'
import classes from './Shell.module.css'
import { type Section, sectionOf, sections } from './sections.ts'

interface SidebarProps {
  readonly collapsed: boolean
  readonly onToggle: () => void
}

/** The sections, with how many requests wait for a decision. */
export function Sidebar({ collapsed, onToggle }: SidebarProps) {
  const { t } = useTranslation()
  const path = useRouterState({ select: state => state.location.pathname })
  const waiting = useAsk('approvals.queue', api.approvals.queue, { state: 'pending' }).data?.rows.length ?? 0
  const active = sectionOf(path)
  const link = (section: Section) => (
    <SectionLink
      key={section.key}
      section={section}
      collapsed={collapsed}
      active={section.key === active?.key}
      waiting={section.key === 'approvals' ? waiting : 0}
    />
  )
  return (
    <>
      {sections.filter(section => !isLower(section)).map(link)}
      <hr className={classes.rule} />
      {sections.filter(isLower).map(link)}
      <ActionIcon
        mt="auto"
        onClick={onToggle}
        aria-label={collapsed ? t('shell.expand') : t('shell.collapse')}
        style={{ alignSelf: collapsed ? 'center' : 'flex-end' }}
      >
        {collapsed ? <PanelLeftOpen size={16} /> : <PanelLeftClose size={16} />}
      </ActionIcon>
    </>
  )
}

function isLower(section: Section): boolean {
  return section.key === 'sending' || section.key === 'activity' || section.key === 'settings'
}

interface SectionLinkProps {
  readonly section: Section
  readonly collapsed: boolean
  readonly active: boolean
  readonly waiting: number
}

function SectionLink({ section, collapsed, active, waiting }: SectionLinkProps) {
  const { t } = useTranslation()
  const Icon = section.icon
  const name = t(`shell.${section.key}`)
  return (
    <Tooltip label={name} position="right" disabled={!collapsed}>
      <Link
        to={section.path}
        className={classes.link}
        data-active={active || undefined}
        {...(active ? { 'aria-current': 'page' as const } : {})}
        {...(collapsed ? { 'aria-label': name } : {})}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
        {collapsed ? null : name}
        {waiting > 0 && !collapsed ? (
          <span className={classes.count} title={t('shell.waitingForYou', { count: waiting })}>
            {waiting}
          </span>
        ) : null}
      </Link>
    </Tooltip>
  )
}
