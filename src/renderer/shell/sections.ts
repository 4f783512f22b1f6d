import {
  Activity,
  CircleCheckBig,
  Filter,
  Gauge,
  House,
  Inbox,
  ListChecks,
  type LucideIcon,
  Mails,
  Send,
  Settings,
  Users,
} from 'lucide-react'
import type { shell } from '../locales/en/shell.ts'

/** One entry of the sidebar. */
export interface Section {
  readonly key: keyof typeof shell &
    (
      | 'home'
      | 'campaigns'
      | 'contacts'
      | 'lists'
      | 'segments'
      | 'templates'
      | 'approvals'
      | 'practice'
      | 'sending'
      | 'activity'
      | 'settings'
    )
  readonly path: string
  readonly icon: LucideIcon
  /** Paths that belong to it besides its own. */
  readonly also: readonly string[]
}

/** The sections in the order of the sidebar; Mod+1 … Mod+8 go to the first eight. */
export const sections: readonly Section[] = [
  { key: 'home', path: '/', icon: House, also: [] },
  { key: 'campaigns', path: '/campaigns', icon: Send, also: [] },
  { key: 'contacts', path: '/contacts', icon: Users, also: ['/imports', '/orders', '/duplicates', '/suppressions'] },
  { key: 'lists', path: '/lists', icon: ListChecks, also: [] },
  { key: 'segments', path: '/segments', icon: Filter, also: [] },
  { key: 'templates', path: '/templates', icon: Mails, also: [] },
  { key: 'approvals', path: '/approvals', icon: CircleCheckBig, also: [] },
  { key: 'practice', path: '/practice', icon: Inbox, also: [] },
  { key: 'sending', path: '/sending', icon: Gauge, also: [] },
  { key: 'activity', path: '/activity', icon: Activity, also: [] },
  { key: 'settings', path: '/settings/general', icon: Settings, also: ['/settings'] },
]

/** The section that a path belongs to. */
export function sectionOf(path: string): Section | undefined {
  return sections.find(section =>
    [section.path, ...section.also].some(start =>
      start === '/' ? path === '/' : path === start || path.startsWith(`${start}/`),
    ),
  )
}
