import type { SenderDiagnosis } from '../../../../shared/contract/senders.ts'
import { diagnoseApi } from '../../http/api-diagnosis.ts'
import type { HttpOutcome, HttpRequest } from '../../http/http-outcome.ts'

/** Tries how far a gateway can be reached. Whether it takes the key only a message can show, and none is sent here. */
export function diagnoseGateway(
  url: string,
  ask: (request: HttpRequest) => Promise<HttpOutcome>,
): Promise<SenderDiagnosis> {
  const { origin, hostname, protocol } = new URL(url.replace(/\{\{[^}]*\}\}/g, 'x'))
  return diagnoseApi({
    host: hostname,
    isEncrypted: protocol === 'https:',
    login: {
      ask: () => ask({ method: 'GET', url: `${origin}/`, headers: {}, body: null }),
      // Any answer will do: what stands at the root of a gateway is nobody's promise.
      read: answer => ({
        ok: true,
        detail: `The gateway answers (${answer.status}). Whether it takes the key shows when a test message is sent`,
      }),
    },
    sender: { detail: 'Not tried: a gateway cannot be asked about its senders' },
  })
}
