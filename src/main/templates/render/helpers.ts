import { isMissing } from '../../../shared/domain/merge-field.ts'
import type { Formats } from './formats.ts'

/** What a helper is given: its arguments, its named ones, and the values of the whole message. */
interface Call {
  readonly args: readonly unknown[]
  readonly hash: Readonly<Record<string, unknown>>
  readonly root: Readonly<Record<string, unknown>>
  readonly formats: Formats
}

interface Helper {
  readonly kind: 'text' | 'test'
  readonly says: string
  readonly example: string
  run(call: Call): string | boolean
}

const text = (says: string, example: string, run: (call: Call) => string): Helper => ({
  kind: 'text',
  says,
  example,
  run,
})
const test = (says: string, example: string, run: (call: Call) => boolean): Helper => ({
  kind: 'test',
  says,
  example,
  run,
})

const first = (call: Call): string => asText(call.args[0])
const compared = (call: Call, holds: (order: number) => boolean): boolean => {
  const order = compare(call.args[0], call.args[1])
  return order !== null && holds(order)
}
const equal = (call: Call): boolean => compare(call.args[0], call.args[1]) === 0
const greater = (call: Call): boolean => compared(call, order => order > 0)
const less = (call: Call): boolean => compared(call, order => order < 0)
const atLeast = (call: Call): boolean => compared(call, order => order >= 0)
const atMost = (call: Call): boolean => compared(call, order => order <= 0)

/** Our helpers. Those of kind 'test' are blocks with {{else}} and can also stand in brackets: {{#if (eq city "Rome")}}. */
const HELPERS: Readonly<Record<string, Helper>> = {
  uppercase: text('IN CAPITALS', '{{uppercase last_name}}', call => first(call).toLocaleUpperCase('en')),
  lowercase: text('in small letters', '{{lowercase email}}', call => first(call).toLocaleLowerCase('en')),
  capitalise: text('First letter of each word large', '{{capitalise first_name}}', call => capitalise(first(call))),
  capitalize: text('The same as capitalise', '{{capitalize first_name}}', call => capitalise(first(call))),
  default: text('What to say when a field is empty', '{{default first_name "there"}}', call => {
    const found = call.args.find(value => !isMissing(value))
    return asText(found)
  }),
  formatCurrency: text('An amount of money', '{{formatCurrency price "EUR"}}', call =>
    call.formats.currency(call.args[0], asText(call.args[1] ?? call.root.currency), localeOf(call)),
  ),
  formatDate: text('A date in words or figures', '{{formatDate birthday "D MMMM"}}', call =>
    call.formats.date(call.args[0], asText(call.args[1]), localeOf(call)),
  ),
  formatNumber: text('A number with separators', '{{formatNumber lead_score 0}}', call =>
    call.formats.number(call.args[0], call.args[1], localeOf(call)),
  ),
  plural: text('One word or the other, by number', '{{plural lead_score "point" "points"}}', call =>
    asText(Number(call.args[0]) === 1 ? call.args[1] : call.args[2]),
  ),
  url: text('Makes a value safe inside a link', 'https://example.com/?q={{url company}}', call =>
    encodeURIComponent(first(call)).replace(/['!()*]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
  ),
  if_equals: test('Shows its block when both are the same', '{{#if_equals city "Rome"}}Ciao{{/if_equals}}', equal),
  if_not_equals: test('… when they differ', '{{#if_not_equals country "US"}}…{{/if_not_equals}}', call => !equal(call)),
  if_greater: test('… when the first is larger', '{{#if_greater lead_score 50}}…{{/if_greater}}', greater),
  if_less: test('… when the first is smaller', '{{#if_less lead_score 50}}…{{/if_less}}', less),
  if_at_least: test(
    '… when the first is as large or larger',
    '{{#if_at_least lead_score 50}}…{{/if_at_least}}',
    atLeast,
  ),
  if_at_most: test('… when the first is as small or smaller', '{{#if_at_most lead_score 50}}…{{/if_at_most}}', atMost),
  eq: test('Both are the same', '{{#if (eq city "Rome")}}…{{/if}}', equal),
  ne: test('They differ', '{{#if (ne city "Rome")}}…{{/if}}', call => !equal(call)),
  gt: test('The first is larger', '{{#if (gt lead_score 50)}}…{{/if}}', greater),
  lt: test('The first is smaller', '{{#if (lt lead_score 50)}}…{{/if}}', less),
  gte: test('The first is as large or larger', '{{#if (gte lead_score 50)}}…{{/if}}', atLeast),
  lte: test('The first is as small or smaller', '{{#if (lte lead_score 50)}}…{{/if}}', atMost),
  and: test('All have a value', '{{#if (and first_name company)}}…{{/if}}', call => call.args.every(isTrue)),
  or: test('One of them has a value', '{{#if (or company city)}}…{{/if}}', call => call.args.some(isTrue)),
  not: test('It has no value', '{{#if (not company)}}…{{/if}}', call => !isTrue(call.args[0])),
  contains: test('A list or text has it in it', '{{#if (contains tags "vip")}}…{{/if}}', call => {
    const [whole, part] = call.args
    if (Array.isArray(whole)) return whole.some(item => compare(item, part) === 0)
    return asText(whole).toLowerCase().includes(asText(part).toLowerCase())
  }),
}

/** The helpers of Handlebars itself that templates may use. */
export const BUILT_IN_HELPERS: readonly string[] = ['if', 'unless', 'each', 'with', 'lookup']
/** Helpers whose blocks see a thing of their own instead of the whole message. */
export const SCOPING_HELPERS: readonly string[] = ['each', 'with']

/** Every helper that templates may call. */
export const HELPER_NAMES: ReadonlySet<string> = new Set([...Object.keys(HELPERS), ...BUILT_IN_HELPERS])

/** Every helper with what it does and an example, for people. */
export function describeHelpers(): readonly {
  readonly name: string
  readonly says: string
  readonly example: string
}[] {
  const own = Object.entries(HELPERS).map(([name, { says, example }]) => ({ name, says, example }))
  return [
    { name: 'if', says: 'Shows its block when a field has a value', example: '{{#if company}}…{{else}}…{{/if}}' },
    { name: 'unless', says: 'Shows its block when a field is empty', example: '{{#unless company}}…{{/unless}}' },
    { name: 'each', says: 'Repeats its block for each of a list', example: '{{#each tags}}{{this}} {{/each}}' },
    ...own,
  ]
}

/** Our helpers in the form that Handlebars calls. */
export function handlebarsHelpers(formats: Formats): Record<string, (...given: unknown[]) => unknown> {
  return Object.fromEntries(Object.entries(HELPERS).map(([name, helper]) => [name, callable(helper, formats)]))
}

function callable(helper: Helper, formats: Formats): (...given: unknown[]) => unknown {
  return function (this: unknown, ...given: unknown[]) {
    const options = given.at(-1)
    const data = member(options, 'data')
    const answer = helper.run({
      args: given.slice(0, -1),
      hash: record(member(options, 'hash')),
      root: record(member(data, 'root')),
      formats,
    })
    const shown = member(options, answer === false || answer === '' ? 'inverse' : 'fn')
    if (helper.kind === 'test' && typeof shown === 'function') return shown(this)
    return answer
  }
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function isTrue(value: unknown): boolean {
  return value !== false && value !== 0 && !isMissing(value)
}

/** A value as a template prints it: lists with commas, nothing for what is missing. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(asText).join(', ')
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? `${value}` : ''
}

function localeOf(call: Call): string {
  return asText(call.hash.locale) || 'en'
}

function capitalise(value: string): string {
  return value.replace(/(^|[\s-])(\p{L})/gu, (_whole, before: string, letter: string) => before + letter.toUpperCase())
}

/** Numbers are compared as numbers, also when they are written as text; everything else as text. null: not comparable. */
function compare(left: unknown, right: unknown): number | null {
  const [a, b] = [asText(left), asText(right)]
  const [x, y] = [Number(a), Number(b)]
  if (a.trim() !== '' && b.trim() !== '' && !Number.isNaN(x) && !Number.isNaN(y)) return Math.sign(x - y)
  if (a === b) return 0
  if (a === '' || b === '') return a === '' ? -1 : 1
  return a < b ? -1 : 1
}
