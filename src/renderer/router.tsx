import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { z } from 'zod'
import { FileToken } from '../shared/contract/define.ts'
import { NotFound } from './components/NotFound.tsx'
import { Shell } from './shell/Shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })

/** Which contacts the table shows; kept in the address so that it can be linked to. */
const ContactSearch = z.object({
  search: z.string().optional().catch(undefined),
  list: z.string().optional().catch(undefined),
  tag: z.string().optional().catch(undefined),
  add: z.boolean().optional().catch(undefined),
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home/HomePage.tsx'), 'HomePage'),
})
const contacts = createRoute({
  getParentRoute: () => root,
  path: '/contacts',
  validateSearch: ContactSearch,
  component: lazyRouteComponent(() => import('./pages/contacts/ContactsPage.tsx'), 'ContactsPage'),
})
const contact = createRoute({
  getParentRoute: () => root,
  path: '/contacts/$id',
  component: lazyRouteComponent(() => import('./pages/contacts/ContactPage.tsx'), 'ContactPage'),
})
const lists = createRoute({
  getParentRoute: () => root,
  path: '/lists',
  component: lazyRouteComponent(() => import('./pages/lists/ListsPage.tsx'), 'ListsPage'),
})
const segments = createRoute({
  getParentRoute: () => root,
  path: '/segments',
  component: lazyRouteComponent(() => import('./pages/segments/SegmentsPage.tsx'), 'SegmentsPage'),
})
const newSegment = createRoute({
  getParentRoute: () => root,
  path: '/segments/new',
  /** `start` names the rule to begin with. */
  validateSearch: z.object({ start: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./pages/segments/NewSegmentPage.tsx'), 'NewSegmentPage'),
})
const segment = createRoute({
  getParentRoute: () => root,
  path: '/segments/$id',
  component: lazyRouteComponent(() => import('./pages/segments/SegmentPage.tsx'), 'SegmentPage'),
})
const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  component: lazyRouteComponent(() => import('./pages/imports/ImportsPage.tsx'), 'ImportsPage'),
})
const newImport = createRoute({
  getParentRoute: () => root,
  path: '/imports/new',
  validateSearch: z.object({ token: FileToken.catch('') }),
  component: lazyRouteComponent(() => import('./pages/imports/NewImportPage.tsx'), 'NewImportPage'),
})
const oneImport = createRoute({
  getParentRoute: () => root,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./pages/imports/ImportPage.tsx'), 'ImportPage'),
})
const orderImport = createRoute({
  getParentRoute: () => root,
  path: '/orders/import',
  /** `token` is a file that was handed over, `id` an import that was begun. */
  validateSearch: z.object({
    token: z.string().optional().catch(undefined),
    id: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./pages/orders/OrderImportPage.tsx'), 'OrderImportPage'),
})
const duplicates = createRoute({
  getParentRoute: () => root,
  path: '/duplicates',
  component: lazyRouteComponent(() => import('./pages/duplicates/DuplicatesPage.tsx'), 'DuplicatesPage'),
})
const suppressions = createRoute({
  getParentRoute: () => root,
  path: '/suppressions',
  component: lazyRouteComponent(() => import('./pages/suppressions/SuppressionsPage.tsx'), 'SuppressionsPage'),
})
const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  component: lazyRouteComponent(() => import('./pages/activity/ActivityPage.tsx'), 'ActivityPage'),
})
const templates = createRoute({
  getParentRoute: () => root,
  path: '/templates',
  component: lazyRouteComponent(() => import('./pages/templates/TemplatesPage.tsx'), 'TemplatesPage'),
})
const template = createRoute({
  getParentRoute: () => root,
  path: '/templates/$id',
  component: lazyRouteComponent(() => import('./pages/templates/TemplatePage.tsx'), 'TemplatePage'),
})
const campaigns = createRoute({
  getParentRoute: () => root,
  path: '/campaigns',
  /** `create` opens the dialog that begins a campaign. */
  validateSearch: z.object({ create: z.boolean().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./pages/campaigns/CampaignsPage.tsx'), 'CampaignsPage'),
})
const campaign = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/$id',
  component: lazyRouteComponent(() => import('./pages/campaigns/CampaignPage.tsx'), 'CampaignPage'),
})
const campaignWizard = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/$id/edit',
  component: lazyRouteComponent(() => import('./pages/campaigns/CampaignWizardPage.tsx'), 'CampaignWizardPage'),
})
const approvals = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  component: lazyRouteComponent(() => import('./pages/approvals/ApprovalsPage.tsx'), 'ApprovalsPage'),
})
const approval = createRoute({
  getParentRoute: () => root,
  path: '/approvals/$id',
  component: lazyRouteComponent(() => import('./pages/approvals/ApprovalPage.tsx'), 'ApprovalPage'),
})
const sending = createRoute({
  getParentRoute: () => root,
  path: '/sending',
  component: lazyRouteComponent(() => import('./pages/sending/SendingPage.tsx'), 'SendingPage'),
})
const practice = createRoute({
  getParentRoute: () => root,
  path: '/practice',
  component: lazyRouteComponent(() => import('./pages/practice/PracticePage.tsx'), 'PracticePage'),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings/$tab',
  component: lazyRouteComponent(() => import('./pages/settings/SettingsPage.tsx'), 'SettingsPage'),
})

const tree = root.addChildren([
  home,
  contacts,
  contact,
  lists,
  segments,
  newSegment,
  segment,
  imports,
  newImport,
  oneImport,
  orderImport,
  duplicates,
  suppressions,
  activity,
  templates,
  template,
  campaigns,
  campaign,
  campaignWizard,
  approvals,
  approval,
  practice,
  sending,
  settings,
])

/** The places of the application, kept behind the `#` so that every host can serve them from one file. */
export function createAppRouter() {
  return createRouter({
    routeTree: tree,
    history: createHashHistory(),
    defaultPreload: 'intent',
    defaultPendingMs: 300,
    scrollRestoration: false,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
