import { RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'

const EXPRESSION = /\{\{\{?[^{}]*\}?\}\}/g

const field = Decoration.mark({ class: 'cm-merge-field' })
const block = Decoration.mark({ class: 'cm-merge-block' })
const comment = Decoration.mark({ class: 'cm-merge-comment' })

/** Which of our three colours a Handlebars expression gets. */
export function kindOf(expression: string): 'field' | 'block' | 'comment' {
  const inner = expression.replace(/^\{+~?\s*/, '')
  if (inner.startsWith('!')) return 'comment'
  return /^[#/^>&]|^else\b/.test(inner) ? 'block' : 'field'
}

const matcher = new MatchDecorator({
  regexp: EXPRESSION,
  decoration: match => ({ field, block, comment })[kindOf(match[0])],
})

/** Colours Handlebars expressions within whatever language surrounds them. */
export const handlebarsMarks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations =
        view.state.doc.length === 0 ? new RangeSetBuilder<Decoration>().finish() : matcher.createDeco(view)
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations)
    }
  },
  { decorations: plugin => plugin.decorations },
)
