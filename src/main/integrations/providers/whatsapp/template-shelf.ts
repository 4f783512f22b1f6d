import type { WhatsappTemplateView } from '../../../../shared/contract/whatsapp-templates.ts'
import { type Clock, minutes } from '../../../kernel/clock.ts'
import { baseOf } from '../../http/api-base.ts'
import { readJson } from '../../http/read-json.ts'
import { apiFault } from '../../http/send-outcome.ts'
import type { TemplateList } from '../../provider.ts'
import type { ApiLine } from '../api-line.ts'
import type { SettingsOf } from '../kind.ts'
import { TemplatePage, templateView } from './catalogue.ts'
import { classOfWhatsappCode, GraphError } from './classify.ts'

/** The templates of a business, asked for when they are needed and kept for a while. */
export interface TemplateShelf {
  /** Those that were read within the last minutes, else new ones. Never throws. */
  list(signal: AbortSignal): Promise<TemplateList>
  /** Asks Meta now. */
  refresh(signal: AbortSignal): Promise<TemplateList>
}

const FRESH_MS = minutes(10)
// After a failure the next message must not ask again at once.
const FAILED_MS = minutes(1)
const MOST_PAGES = 50
const FIELDS = 'name,status,category,language,components,parameter_format'

/** The address of the Graph API, or of the proxy that stands for it, with its version. */
export function graphBase(settings: { readonly apiBase: string; readonly graphVersion: string }): string {
  return `${baseOf(settings.apiBase, 'https://graph.facebook.com')}/${settings.graphVersion}`
}

/** A shelf that is empty at first. */
export function createTemplateShelf(settings: SettingsOf<'whatsapp'>, line: ApiLine, clock: Clock): TemplateShelf {
  let kept: Promise<TemplateList> | null = null
  let until = 0

  async function ask(signal: AbortSignal): Promise<TemplateList> {
    const known = await line.key()
    if (known.kind === 'missing') return { kind: 'failed', fault: known.fault }
    const templates: WhatsappTemplateView[] = []
    let after = ''
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = new URLSearchParams({ fields: FIELDS, limit: '100', ...(after === '' ? {} : { after }) }).toString()
      const url = `${graphBase(settings)}/${encodeURIComponent(settings.businessAccountId)}/message_templates?${query}`
      const headers = { authorization: `Bearer ${known.text}`, accept: 'application/json' }
      const outcome = await line.client.request({ method: 'GET', url, headers, body: null }, signal)
      if (outcome.kind !== 'answered') {
        return { kind: 'failed', fault: apiFault('transport', outcome.code, outcome.text) }
      }
      const read = readJson(outcome, TemplatePage)
      if (outcome.status !== 200 || read === null) {
        const error = readJson(outcome, GraphError)?.error
        const why = (error ? classOfWhatsappCode(error.code) : null) ?? 'temporary'
        return { kind: 'failed', fault: apiFault(why, String(error?.code ?? outcome.status), error?.message ?? '') }
      }
      templates.push(...read.data.map(templateView))
      const next = read.paging?.next ? (read.paging.cursors?.after ?? '') : ''
      if (next === '' || next === after) break
      after = next
    }
    return { kind: 'templates', templates }
  }

  async function fresh(signal: AbortSignal): Promise<TemplateList> {
    const list = await ask(signal)
    until = clock.now() + (list.kind === 'templates' ? FRESH_MS : FAILED_MS)
    return list
  }

  function refresh(signal: AbortSignal): Promise<TemplateList> {
    until = Number.POSITIVE_INFINITY
    kept = fresh(signal)
    return kept
  }

  return {
    refresh,
    list: signal => (kept !== null && clock.now() < until ? kept : refresh(signal)),
  }
}
