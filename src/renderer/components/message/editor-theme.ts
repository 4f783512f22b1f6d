import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The editor in the application's own colours; both schemes, as they come from CSS variables. */
export function editorTheme(dark: boolean): Extension {
  const view = EditorView.theme(
    {
      '&': { fontSize: '12.5px', height: '100%', backgroundColor: 'transparent', color: 'var(--mantine-color-text)' },
      '&.cm-focused': { outline: '2px solid var(--t-accent)', outlineOffset: '-1px' },
      '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
      '.cm-gutters': {
        backgroundColor: 'transparent',
        color: 'var(--mantine-color-dimmed)',
        border: 'none',
        borderRight: '1px solid var(--t-hairline)',
      },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--t-hover)' },
      '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
      '.cm-tooltip': {
        backgroundColor: 'var(--mantine-color-body)',
        color: 'var(--mantine-color-text)',
        border: '1px solid var(--mantine-color-default-border)',
        borderRadius: '6px',
      },
      '.cm-tooltip-autocomplete ul li[aria-selected]': {
        backgroundColor: 'var(--mantine-primary-color-filled)',
        color: 'var(--mantine-primary-color-contrast)',
      },
      '.cm-completionDetail': { color: 'inherit', opacity: '0.75', fontStyle: 'normal' },
      '.cm-merge-field, .cm-merge-field *': {
        color: dark ? '#5fd0bd !important' : '#00695f !important',
        fontWeight: '600',
      },
      '.cm-merge-block, .cm-merge-block *': {
        color: dark ? '#d9a8e8 !important' : '#7a3d8f !important',
        fontWeight: '600',
      },
      '.cm-merge-comment, .cm-merge-comment *': { color: 'var(--mantine-color-dimmed) !important' },
    },
    { dark },
  )
  const colours = HighlightStyle.define([
    { tag: tags.tagName, color: dark ? '#7cb8f0' : '#0b5cad' },
    { tag: tags.attributeName, color: dark ? '#d6b46a' : '#7d5800' },
    { tag: tags.attributeValue, color: dark ? '#b9c98a' : '#466b00' },
    { tag: [tags.comment, tags.angleBracket, tags.documentMeta], color: dark ? '#9aa1a7' : '#646b71' },
    { tag: [tags.propertyName, tags.keyword], color: dark ? '#c3a6ef' : '#6b3fa0' },
    { tag: [tags.number, tags.color, tags.string], color: dark ? '#e2a37a' : '#a1440b' },
  ])
  return [view, syntaxHighlighting(colours)]
}
