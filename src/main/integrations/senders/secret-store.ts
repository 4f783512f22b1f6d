import type { Reader, Tx } from '../../storage/transaction.ts'

/** The SQL of secrets; what is stored is encrypted. */
export const secretStore = {
  async find(
    reader: Reader,
    owner: string,
    name: string,
  ): Promise<{ readonly ciphertext: Uint8Array; readonly scheme: string } | null> {
    const row = await reader
      .selectFrom('secrets')
      .select(['ciphertext', 'scheme'])
      .where('owner', '=', owner)
      .where('name', '=', name)
      .executeTakeFirst()
    return row ?? null
  },

  async set(
    tx: Tx,
    secret: {
      readonly owner: string
      readonly name: string
      readonly ciphertext: Uint8Array
      readonly scheme: string
      readonly now: number
    },
  ): Promise<void> {
    const { owner, name, now, ...value } = secret
    const row = { ...value, updated_at: now }
    await tx
      .insertInto('secrets')
      .values({ owner, name, ...row })
      .onConflict(conflict => conflict.columns(['owner', 'name']).doUpdateSet(row))
      .execute()
  },

  async remove(tx: Tx, owner: string, name: string): Promise<void> {
    await tx.deleteFrom('secrets').where('owner', '=', owner).where('name', '=', name).execute()
  },
}
