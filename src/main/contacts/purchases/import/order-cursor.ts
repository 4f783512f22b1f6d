import { z } from 'zod'

/**
 * How far an import of orders is, beside its phase. It is written in the transaction that does the step, so that a killed
 * import goes on where it was and takes no row twice.
 */
export const OrderCursor = z.object({
  /** The numbers of orders at which ranges begin; null until the file was sampled. */
  splits: z.array(z.string()).nullable(),
  /** How long the file with the rows that were put aside is. */
  runBytes: z.number().int(),
  /** Rows that are merged, in the order of their orders. */
  merged: z.number().int(),
  /** Indexes of orders that are taken away until the rows are in, as the statements that make them. */
  indexes: z.array(z.string()),
})
export type OrderCursor = z.infer<typeof OrderCursor>

/** Where every import of orders begins. */
export const FIRST_ORDER_CURSOR: OrderCursor = { splits: null, runBytes: 0, merged: 0, indexes: [] }
