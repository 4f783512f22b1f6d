import { accounts } from './accounts.ts'
import { activity } from './activity.ts'
import { approvals } from './approvals.ts'
import { audience } from './audience.ts'
import { campaigns } from './campaigns.ts'
import { charts } from './charts.ts'
import { common } from './common.ts'
import { contacts } from './contacts.ts'
import { duplicates } from './duplicates.ts'
import { home } from './home.ts'
import { imports } from './imports.ts'
import { lists } from './lists.ts'
import { message } from './message.ts'
import { orders } from './orders.ts'
import { practice } from './practice.ts'
import { preview } from './preview.ts'
import { results } from './results.ts'
import { rules } from './rules.ts'
import { scoring } from './scoring.ts'
import { segments } from './segments.ts'
import { sending } from './sending.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { status } from './status.ts'
import { suppressions } from './suppressions.ts'
import { templates } from './templates.ts'
import { why } from './why.ts'
import { wizard } from './wizard.ts'

/** Every English text, one file per area: `t('contacts.title')`. */
export const en = {
  common,
  status,
  shell,
  home,
  accounts,
  contacts,
  lists,
  imports,
  suppressions,
  activity,
  templates,
  audience,
  campaigns,
  approvals,
  practice,
  sending,
  why,
  settings,
  charts,
  preview,
  message,
  wizard,
  results,
  rules,
  segments,
  orders,
  scoring,
  duplicates,
}
