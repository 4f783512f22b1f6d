import type { ComposedMail } from '../../integrations/index.ts'
import type { Edition, Pressed, PressItem } from './press.ts'

/** What the press thread is told. Editions are sent once and named by a number from then on. */
export type PressWord =
  | { readonly kind: 'edition'; readonly edition: number; readonly content: Edition }
  | { readonly kind: 'forget'; readonly edition: number }
  | {
      readonly kind: 'make'
      readonly task: number
      readonly edition: number
      readonly items: readonly PressItem[]
      readonly at: number
    }
  | { readonly kind: 'end' }

/** A message within the batch's bytes, or why there is none. */
export type PressedPlace =
  | { readonly from: number; readonly to: number; readonly mailFrom: string; readonly needsSmtpUtf8: boolean }
  | { readonly problem: string }

/** What the press thread answers with. */
export type PressAnswer =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'made'
      readonly task: number
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly places: readonly PressedPlace[]
    }

/** Puts a batch into one piece of memory, so that one transfer hands over all of it. */
export function packed(results: readonly Pressed[]): {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly places: readonly PressedPlace[]
} {
  const total = results.reduce((sum, one) => sum + (one.kind === 'made' ? one.mail.bytes.length : 0), 0)
  const bytes = new Uint8Array(new ArrayBuffer(total))
  let at = 0
  const places = results.map((one): PressedPlace => {
    if (one.kind === 'failed') return { problem: one.problem }
    const from = at
    bytes.set(one.mail.bytes, from)
    at += one.mail.bytes.length
    return { from, to: at, mailFrom: one.mail.mailFrom, needsSmtpUtf8: one.mail.needsSmtpUtf8 }
  })
  return { bytes, places }
}

/** Takes a batch apart again; the messages share its memory. */
export function unpacked(bytes: Uint8Array, places: readonly PressedPlace[]): readonly Pressed[] {
  return places.map((place): Pressed => {
    if ('problem' in place) return { kind: 'failed', problem: place.problem }
    const { from, to, mailFrom, needsSmtpUtf8 } = place
    const mail: ComposedMail = { kind: 'message', bytes: bytes.subarray(from, to), mailFrom, needsSmtpUtf8 }
    return { kind: 'made', mail }
  })
}
