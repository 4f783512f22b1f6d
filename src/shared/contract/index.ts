import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { approvals, campaigns } from './campaigns.ts'
import { changes } from './changes.ts'
import { compliance, contacts, lists } from './contacts.ts'
import type { RequestMeta } from './define.ts'
import { duplicates } from './duplicates.ts'
import { AppEvent } from './events.ts'
import { activity, imports } from './imports.ts'
import { media } from './media.ts'
import { policy } from './policy.ts'
import { practice } from './practice.ts'
import { purchases } from './purchases.ts'
import { contactEvents, scores } from './scores.ts'
import { segments } from './segments.ts'
import { senders } from './senders.ts'
import { analytics, sending } from './sending.ts'
import { suppressionLists } from './suppression-lists.ts'
import { templates } from './templates.ts'
import { team, workspace } from './workspace.ts'

/** Everything that can be asked of the application. Every host carries exactly this. */
export const contract = {
  workspace,
  team,
  contacts,
  lists,
  compliance,
  policy,
  suppressionLists,
  changes,
  duplicates,
  imports,
  segments,
  templates,
  media,
  campaigns,
  approvals,
  sending,
  analytics,
  senders,
  practice,
  activity,
  purchases,
  contactEvents,
  scores,
  events: {
    stream: oc
      .$meta<RequestMeta>({ kind: 'stream', says: 'What changes, as it changes; ends when the caller stops listening' })
      .input(z.object({}))
      .output(eventIterator(AppEvent)),
  },
}
export type Contract = typeof contract
