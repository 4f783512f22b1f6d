/** A request, complete: nothing is retried and no redirect is followed. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  /** Names and values as they go over the wire; Host and Content-Length are added. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
}

/** An answer, with its status and headers. */
export interface HttpAnswer {
  readonly kind: 'answered'
  readonly status: number
  /** Names in lower case; repeated headers are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** False when the body broke off or was longer than the limit: the status holds, the body may not be read. */
  readonly isComplete: boolean
}

/** Where a request failed of which provably no octet was sent. `request` means that it could not be written at all. */
export type HttpStage = 'request' | 'dns' | 'tcp' | 'tls'

/** What became of a request. Texts hold no address beyond the host, and no secret. */
export type HttpOutcome =
  | HttpAnswer
  /** Provably not sent. */
  | { readonly kind: 'refused'; readonly stage: HttpStage; readonly code: string; readonly text: string }
  /** Written, or begun to be; whether it was taken is not known. */
  | { readonly kind: 'lost'; readonly code: string; readonly text: string }
