import type { MergeField, MergePlan } from '../../../shared/contract/duplicates.ts'
import type { ContactValues } from '../contact-values.ts'

/** A contact's values with the id that a plan names her by. */
export type PersonValues = ContactValues & { readonly id: string }

/**
 * The values of the contact that stays: hers, but for the fields that the plan takes from another. Custom fields and social
 * handles that she lacks come from the others in their order; hers are kept.
 */
export function mergedValues(plan: MergePlan, people: readonly PersonValues[]): ContactValues {
  const survivor = people.find(({ id }) => id === plan.survivorId)
  if (!survivor) throw new Error(`The survivor ${plan.survivorId} is not among the people of the merge`)
  const others = people.filter(person => person !== survivor)
  const from = (field: MergeField): PersonValues => people.find(({ id }) => id === plan.fields[field]) ?? survivor
  const { id: _id, ...hers } = survivor
  const place = from('place')
  return {
    ...hers,
    firstName: from('firstName').firstName,
    lastName: from('lastName').lastName,
    company: from('company').company,
    email: from('email').email,
    phone: from('phone').phone,
    street: from('street').street,
    city: from('city').city,
    region: from('region').region,
    postalCode: from('postalCode').postalCode,
    country: from('country').country,
    latitude: place.latitude,
    longitude: place.longitude,
    timeZone: from('timeZone').timeZone,
    language: from('language').language,
    birthday: from('birthday').birthday,
    leadStatus: from('leadStatus').leadStatus,
    leadQuality: from('leadQuality').leadQuality,
    ownerId: from('ownerId').ownerId,
    socials: Object.assign({}, ...others.map(({ socials }) => socials).reverse(), survivor.socials),
    custom: Object.assign({}, ...others.map(({ custom }) => custom).reverse(), known(survivor.custom)),
  }
}

/** Addresses that the contact who stays does not have any more, for the note that remembers them. */
export function addressesLost(values: ContactValues, people: readonly PersonValues[]): readonly string[] {
  const all = people.flatMap(({ email, phone }) => [email, phone])
  return [...new Set(all)].filter(
    (address): address is string => address !== null && address !== values.email && address !== values.phone,
  )
}

function known(custom: ContactValues['custom']): ContactValues['custom'] {
  return Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null && value !== ''))
}
