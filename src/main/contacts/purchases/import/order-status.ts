import type { OrderStatus } from '../../../../shared/contract/purchases.ts'

const WORDS: Readonly<Record<OrderStatus, string>> = {
  paid:
    'paid,complete,completed,fulfilled,shipped,delivered,closed,success,succeeded,successful,processing,captured,settled,' +
    'partially refunded,partially fulfilled,ok,done,bezahlt,abgeschlossen,versendet,payee,paye,terminee,pagado,completado,pagato',
  refunded:
    'refunded,refund,returned,charged back,chargeback,reversed,erstattet,retourniert,rembourse,remboursee,reembolsado,rimborsato',
  cancelled:
    'cancelled,canceled,void,voided,failed,expired,rejected,declined,storniert,annule,annulee,cancelado,annullato,trash',
}

const BY_WORD: ReadonlyMap<string, OrderStatus> = new Map(
  (['paid', 'refunded', 'cancelled'] as const).flatMap(status =>
    WORDS[status].split(',').map(word => [word, status] as const),
  ),
)

/** What a shop's word for the state of an order means; null for words that say neither, such as pending. */
export function readOrderStatus(cell: string): OrderStatus | null {
  const word = cell
    .trim()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^wc-/, '')
    .replace(/[_-]+/g, ' ')
  return BY_WORD.get(word) ?? null
}
