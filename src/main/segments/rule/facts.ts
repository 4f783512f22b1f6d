import type { InstantColumn, TextColumn } from './ask.ts'

/** A paid order with what was bought. Money in minor units. */
export interface OrderFact {
  readonly at: number
  readonly currency: string
  readonly valueMinor: number
  readonly items: readonly {
    readonly sku: string
    readonly name: string
    readonly category: string
    readonly valueMinor: number
  }[]
}

/** Something that happened to a contact. */
export interface EventFact {
  readonly kind: string
  readonly name: string
  readonly at: number
  readonly campaignId: string | null
  readonly properties: Readonly<Record<string, unknown>>
}

/** Everything about one contact that rules can ask about. */
export interface ContactFacts {
  readonly no: number
  readonly id: string
  readonly texts: Readonly<Record<TextColumn, string | null>>
  readonly instants: Readonly<Record<InstantColumn, number | null>>
  readonly birthday: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly leadScore: number
  readonly custom: Readonly<Record<string, unknown>>
  readonly socials: Readonly<Record<string, unknown>>
  readonly tags: ReadonlySet<number>
  /** Number of the list to the status on it. */
  readonly lists: ReadonlyMap<number, string>
  /** Numbers of the fixed segments that hold her. */
  readonly segments: ReadonlySet<number>
  readonly orders: readonly OrderFact[]
  readonly events: readonly EventFact[]
  readonly heat: number | null
  /** The newest by channel. */
  readonly consents: ReadonlyMap<string, string>
  readonly suppressed: ReadonlySet<string>
  readonly sources: ReadonlySet<string>
}
