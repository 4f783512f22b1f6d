/** A contact as the search for duplicates sees her. */
export interface Person {
  readonly no: number
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  readonly emailKey: string | null
  /** E.164. */
  readonly phone: string | null
  readonly street: string
  readonly postalCode: string
  readonly city: string
}
