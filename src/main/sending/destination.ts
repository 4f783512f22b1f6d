const PREFIX = 'destination:'

/** What stands in the place of a contact in a message to a place, such as a page: the account that posts there. */
export function destinationId(senderId: string): string {
  return `${PREFIX}${senderId}`
}

/** Whether a message goes to a place and not to a person. */
export function isDestination(contactId: string): boolean {
  return contactId.startsWith(PREFIX)
}
