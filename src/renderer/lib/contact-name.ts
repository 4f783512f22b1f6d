interface Named {
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  readonly email: string | null
  readonly phone: string | null
}

/** What a contact is called: her name, else the company, else an address. */
export function nameOf(contact: Named): string {
  const name = [contact.firstName, contact.lastName].filter(part => part !== '').join(' ')
  return name || contact.company || contact.email || contact.phone || '–'
}
