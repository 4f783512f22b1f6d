import type { OrderInspection, OrderTarget } from '../../../../shared/contract/purchases.ts'
import { looksLikeDate, looksLikeEmail, looksLikePhone } from '../../import/mapping/cell-looks.ts'
import { normaliseName } from '../../import/mapping/column-names.ts'

type Suggestion = OrderInspection['columns'][number]

const NAMES: readonly (readonly [OrderTarget, string])[] = [
  [
    'orderId',
    'order id,orderid,order number,order no,order nr,order,order name,order reference,invoice,invoice id,invoice number,' +
      'transaction id,receipt,receipt number,bestellnummer,bestell nr,auftragsnummer,rechnungsnummer,commande,numero de commande,' +
      'pedido,numero de pedido,ordine,numero ordine',
  ],
  [
    'email',
    'email,e mail,mail,email address,e mail address,customer email,customer e mail,billing email,contact email,buyer email,' +
      'client email,kunden e mail,courriel,correo',
  ],
  ['phone', 'phone,telephone,customer phone,billing phone,mobile,phone number,telefon,telefono,telephone number'],
  [
    'customerId',
    'customer id,customerid,customer,customer number,client id,user id,userid,cust id,cid,kundennummer,kunde,kunden nr',
  ],
  ['firstName', 'first name,billing first name,customer first name,given name,vorname,prenom,nombre'],
  ['lastName', 'last name,billing last name,customer last name,surname,family name,nachname,nom,apellido,cognome'],
  ['fullName', 'customer name,billing name,full name,client name,buyer name,kundenname,shipping name,name'],
  [
    'date',
    'order date,date,created at,ordered at,order time,purchase date,purchased at,paid at,transaction date,invoice date,' +
      'timestamp,bestelldatum,datum,date de commande,fecha,data,invoicedate',
  ],
  [
    'value',
    'order value,total,order total,amount,value,grand total,revenue,total price,order amount,total amount,sum,gesamt,' +
      'gesamtbetrag,summe,betrag,montant,importe,totale,total paid,net sales,sales,total spent',
  ],
  ['currency', 'currency,currency code,wahrung,waehrung,devise,moneda,valuta'],
  ['status', 'status,order status,financial status,payment status,state,zustand,estado,stato'],
  [
    'sku',
    'sku,lineitem sku,item sku,product sku,product id,item id,article number,artikelnummer,stock code,stockcode,product code',
  ],
  [
    'itemName',
    'item,product,product name,item name,lineitem name,description,title,artikel,produkt,produit,producto,product title',
  ],
  ['category', 'category,product category,item category,product type,type,kategorie,categorie,categoria,department'],
  [
    'quantity',
    'quantity,qty,items,item quantity,lineitem quantity,units,pieces,count,menge,anzahl,quantite,cantidad,number of items,cds',
  ],
  [
    'itemPrice',
    'price,unit price,item price,lineitem price,product price,unitprice,einzelpreis,stuckpreis,prix,precio,prezzo',
  ],
  ['itemTotal', 'line total,item total,row total,line value,item value,subtotal item,positionssumme'],
]

const BY_NAME: ReadonlyMap<string, OrderTarget> = new Map(
  [...NAMES].reverse().flatMap(([target, names]) => names.split(',').map(name => [name, target] as const)),
)

const SAMPLES_SHOWN = 4

/** What each column of an orders file should become, from its name, else from its values. A target is given once. */
export function suggestOrderColumns(names: readonly string[], rows: readonly (readonly string[])[]): Suggestion[] {
  const taken = new Set<OrderTarget>()
  const found = new Map<number, { readonly target: OrderTarget; readonly why: string }>()
  const take = (column: number, target: OrderTarget, why: string): void => {
    if (taken.has(target) || found.has(column)) return
    taken.add(target)
    found.set(column, { target, why })
  }
  // The exact names of the most telling columns first: beside "Order ID" the column "Name" is not the number.
  for (const [target, synonyms] of NAMES) {
    for (const synonym of synonyms.split(',')) {
      const column = names.findIndex((name, index) => !found.has(index) && normaliseName(name) === synonym)
      if (column >= 0 && BY_NAME.get(synonym) === target) take(column, target, `Named “${names[column]?.trim() ?? ''}”`)
    }
  }
  names.forEach((_, column) => {
    const values = filled(rows, column)
    const most = (looks: (cell: string) => boolean): boolean =>
      values.length > 0 && values.filter(looks).length >= values.length * 0.8
    // Shopify calls the number of an order its name.
    if (most(cell => /^#\d+$/.test(cell))) take(column, 'orderId', 'The values look like order numbers')
    else if (most(looksLikeEmail)) take(column, 'email', 'The values look like e-mail addresses')
    else if (most(looksLikeDate)) take(column, 'date', 'The values look like dates')
    else if (most(cell => /^[A-Z]{3}$/.test(cell))) take(column, 'currency', 'The values look like currencies')
    else if (most(looksLikePhone)) take(column, 'phone', 'The values look like phone numbers')
  })
  return names.map((name, column) => {
    const { target, why } = found.get(column) ?? { target: 'ignore' as const, why: 'Not needed for orders' }
    const samples = [...new Set(filled(rows, column))].slice(0, SAMPLES_SHOWN).map(sample => sample.slice(0, 100))
    return { column, name, samples, suggestion: target, why }
  })
}

/** The filled cells of a column. */
export function filled(rows: readonly (readonly string[])[], column: number): string[] {
  return rows.flatMap(row => {
    const cell = row[column]?.trim()
    return cell ? [cell] : []
  })
}

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/€|\bEUR\b/, 'EUR'],
  [/£|\bGBP\b/, 'GBP'],
  [/\bUSD\b|US\$/, 'USD'],
  [/\bCHF\b/, 'CHF'],
  [/\bJPY\b/, 'JPY'],
]

/** The currency that amounts are written with; null when they do not say, and a bare $ or ¥ does not. */
export function currencyOf(cells: readonly string[]): string | null {
  for (const [sign, currency] of SIGNS) if (cells.some(cell => sign.test(cell))) return currency
  return null
}
