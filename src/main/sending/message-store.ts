import { Channel } from '../../shared/contract/define.ts'
import type { Reader } from '../storage/transaction.ts'

/** Look-ups of single messages. */
export const messageStore = {
  /** Where a message belongs; null when it is none of ours. */
  async find(reader: Reader, messageId: string) {
    const row = await reader
      .selectFrom('messages')
      .select(['campaign_id as campaignId', 'contact_id as contactId', 'channel', 'address'])
      .where('id', '=', messageId)
      .executeTakeFirst()
    return row ? { ...row, channel: Channel.parse(row.channel) } : null
  },
}
