/** The kind of job that takes changes back; its subject is the id of the change. */
export const UNDO_JOB = 'contacts.undo'

/** The kind of job that bulk changes are; its subject is the id of the change. */
export const BULK_JOB = 'contacts.bulk'
