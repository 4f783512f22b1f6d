import { z } from 'zod'

const text = z.string()
const optional = z.string().nullable()
const number = z.number().nullable()

/** What is stored about a contact whom a row was recognised as, as far as an import can change it. */
export const KnownContact = z.object({
  ident: text,
  id: text,
  email: optional,
  phone: optional,
  firstName: text,
  lastName: text,
  company: text,
  street: text,
  city: text,
  region: text,
  postalCode: text,
  country: text,
  latitude: number,
  longitude: number,
  timeZone: optional,
  language: optional,
  birthday: optional,
  leadStatus: text,
  leadQuality: text,
  socials: z.record(z.string(), z.string()),
  custom: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type KnownContact = z.infer<typeof KnownContact>

/** Reads what `knownStore.lookUp` answered. */
export function readKnown(json: string): KnownContact[] {
  return z.array(KnownContact).parse(JSON.parse(json))
}
