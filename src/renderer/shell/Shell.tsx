import { AppShell } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorBoundary } from '../components/ErrorBoundary.tsx'
import { rowsDroppedAt } from '../lib/dropped-rows.ts'
import { useLiveEvents } from '../lib/live-events.ts'
import { PlaceContext } from '../lib/place.ts'
import { useFileOverWindow } from '../lib/use-file-over-window.ts'
import { useImportFile } from '../lib/use-import-file.ts'
import { Header } from './Header.tsx'
import { Palette } from './Palette.tsx'
import classes from './Shell.module.css'
import { Shortcuts } from './Shortcuts.tsx'
import { Sidebar } from './Sidebar.tsx'
import { useMenuCommands } from './use-menu-commands.ts'

/** The frame around every page: skip link, header, sidebar, palette, shortcuts, and the region that is read aloud. */
export function Shell() {
  const { t } = useTranslation()
  const [collapsed, setCollapsed] = useLocalStorage({ key: 'tidings.sidebar', defaultValue: false })
  const [title, setTitle] = useState('')
  const [said, setSaid] = useState('')
  const path = useRouterState({ select: state => state.location.pathname })
  const place = useMemo(() => ({ title, setTitle, announce: setSaid }), [title])
  const isConnected = useLiveEvents()
  const dropped = rowsDroppedAt(path)
  const file = useImportFile(dropped)
  const isFileOver = useFileOverWindow(file.take)
  useMenuCommands()
  useEffect(() => {
    document.title = title ? `${title} – ${t('common.appName')}` : t('common.appName')
  }, [title, t])
  return (
    <PlaceContext value={place}>
      <button type="button" className="t-skip" onClick={goToPage}>
        {t('shell.skip')}
      </button>
      <AppShell
        header={{ height: 44 }}
        navbar={{ width: collapsed ? 52 : 200, breakpoint: 0 }}
        padding={0}
        transitionDuration={0}
        className={classes.shell ?? ''}
      >
        <AppShell.Header className={classes.header ?? ''}>
          <Header />
        </AppShell.Header>
        <AppShell.Navbar className={classes.navbar ?? ''} aria-label={t('shell.sections')}>
          <Sidebar collapsed={collapsed} onToggle={() => setCollapsed(!collapsed)} />
        </AppShell.Navbar>
        <AppShell.Main className={classes.main ?? ''} tabIndex={-1}>
          {isConnected ? null : <output className={classes.lost}>{t('shell.lost')}</output>}
          <div className={classes.page}>
            <ErrorBoundary key={path} title={t('common.pageFailed')}>
              <Outlet />
            </ErrorBoundary>
          </div>
        </AppShell.Main>
      </AppShell>
      {isFileOver ? (
        <div className={classes.drop}>
          {t(dropped === 'orders' ? 'shell.dropToImportOrders' : 'shell.dropToImport')}
        </div>
      ) : null}
      <Palette />
      <Shortcuts />
      <div className="t-visually-hidden" aria-live="polite">
        {said}
      </div>
    </PlaceContext>
  )
}

function goToPage(): void {
  const place = document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main')
  place?.focus()
}
