import type { TFunction } from 'i18next'
import {
  CountOperator,
  DateOperator,
  NumberOperator,
  TextOperator,
  TimeUnit,
} from '../../../../shared/domain/segment-rule.ts'
import { operatorWords, timesWords } from '../rule-words.ts'

/** A choice of an operator with its words. */
export interface OperatorOption<T extends string> {
  readonly value: T
  readonly label: string
}

function options<T extends string>(operators: readonly T[], words: (operator: T) => string): OperatorOption<T>[] {
  return operators.map(value => ({ value, label: words(value) }))
}

/** The operators of texts. */
export const textOperators = (t: TFunction) => options(TextOperator.options, one => operatorWords(t, one))
/** The operators of numbers that may be missing. */
export const numberOperators = (t: TFunction) => options(NumberOperator.options, one => operatorWords(t, one))
/** The operators of what is always known. */
export const countOperators = (t: TFunction) => options(CountOperator.options, one => operatorWords(t, one))
/** The same for how often something happened. */
export const timesOperators = (t: TFunction) => options(CountOperator.options, one => timesWords(t, one))
/** The operators of days and moments. */
export const dateOperators = (t: TFunction) => options(DateOperator.options, one => operatorWords(t, one))
/** The units of spans of time. */
export const timeUnits = (t: TFunction) => options(TimeUnit.options, one => t(`rules.units_${one}`))
