import { html } from '@codemirror/lang-html'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useComputedColorScheme } from '@mantine/core'
import CodeMirror, { type ReactCodeMirrorRef } from '@uiw/react-codemirror'
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { TemplateProblem } from '../../../shared/contract/templates.ts'
import { editorTheme } from './editor-theme.ts'
import { handlebarsMarks } from './handlebars-marks.ts'
import { mergeCompletion, type Vocabulary } from './merge-completion.ts'

/** What others may do to an editor. */
export interface CodeFieldHandle {
  /** Writes text where the cursor is, and goes on after it. */
  insert(text: string): void
  /** Puts the cursor at a line and column, both from 1, and shows it. */
  jump(line: number, column: number): void
}

/** An editor for Handlebars source in HTML or text, with problems in the gutter and merge fields offered while typing. */
export function CodeField({
  ref,
  ...props
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly language: 'html' | 'text'
  readonly label: string
  readonly problems: readonly TemplateProblem[]
  readonly vocabulary: Vocabulary
  readonly placeholder?: string
  readonly readOnly?: boolean
  readonly onBlur?: () => void
  readonly ref?: Ref<CodeFieldHandle>
}) {
  const editor = useRef<ReactCodeMirrorRef>(null)
  const dark = useComputedColorScheme('light') === 'dark'
  const { label, language, vocabulary, problems } = props
  const extensions = useMemo(
    () => [
      ...(language === 'html' ? [html({ autoCloseTags: true, matchClosingTags: false })] : []),
      handlebarsMarks,
      mergeCompletion(vocabulary),
      lintGutter(),
      EditorView.lineWrapping,
      // The region scrolls, so what is in it must be reachable by Tab in every browser (WCAG 2.1.1).
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    ],
    [language, vocabulary, label],
  )
  const theme = useMemo(() => editorTheme(dark), [dark])
  useImperativeHandle(ref, () => ({
    insert: text => insert(editor.current?.view, text),
    jump: (line, column) => jump(editor.current?.view, line, column),
  }))
  useEffect(() => {
    const view = editor.current?.view
    if (view)
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map(problem => diagnosticOf(problem, view.state.doc)),
        ),
      )
  }, [problems])
  return (
    <CodeMirror
      ref={editor}
      value={props.value}
      onChange={props.onChange}
      {...(props.onBlur ? { onBlur: props.onBlur } : {})}
      extensions={extensions}
      theme={theme}
      height="100%"
      style={{ height: '100%', minHeight: 0 }}
      {...(props.placeholder ? { placeholder: props.placeholder } : {})}
      // Tab must leave the field (WCAG 2.1.2).
      indentWithTab={false}
      readOnly={props.readOnly ?? false}
      basicSetup={{
        autocompletion: false,
        foldGutter: false,
        lintKeymap: true,
        highlightActiveLine: true,
        closeBrackets: true,
      }}
      onCreateEditor={view =>
        view.dispatch(
          setDiagnostics(
            view.state,
            problems.map(problem => diagnosticOf(problem, view.state.doc)),
          ),
        )
      }
    />
  )
}

function diagnosticOf(problem: TemplateProblem, doc: Text): Diagnostic {
  const from = position(doc, problem.line, problem.column)
  const line = doc.lineAt(from)
  const word = /^(\{\{\{?[^{}]*\}?\}\}|[\w.]+|.)/.exec(line.text.slice(from - line.from))?.[0] ?? ''
  return { from, to: Math.min(from + word.length, line.to), severity: problem.severity, message: problem.message }
}

function position(doc: Text, line: number, column: number): number {
  const there = doc.line(Math.min(Math.max(line, 1), doc.lines))
  return Math.min(there.from + Math.max(column - 1, 0), there.to)
}

function insert(view: EditorView | undefined, text: string): void {
  if (!view) return
  view.dispatch(view.state.replaceSelection(text))
  view.focus()
}

function jump(view: EditorView | undefined, line: number, column: number): void {
  if (!view) return
  const anchor = position(view.state.doc, line, column)
  view.dispatch({ selection: { anchor }, scrollIntoView: true })
  view.focus()
}
