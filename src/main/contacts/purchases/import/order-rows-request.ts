import type { FileReading } from '../../../../shared/contract/imports.ts'
import type { OrderReading } from './order-row.ts'

/** How the rows of a file become orders; plain values, so that it can be posted to a thread. */
export interface OrderRowsRequest extends OrderReading {
  readonly path: string
  readonly reading: FileReading
}

/** How many rows to look at before anything is written. */
export interface OrderInspectRequest extends OrderRowsRequest {
  readonly mostRows: number
}
