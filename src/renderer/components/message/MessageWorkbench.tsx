import type { MessageContent } from '../../../shared/contract/message-content.ts'
import { MessagePreview } from '../preview/MessagePreview.tsx'
import { useContactSteps } from '../preview/use-contact-steps.ts'
import { MessageEditor } from './MessageEditor.tsx'
import classes from './MessageWorkbench.module.css'
import { useMessageCheck, useVocabulary } from './use-message-check.ts'

/** The editor of a message beside its live preview as any contact. */
export function MessageWorkbench(props: {
  readonly content: MessageContent
  readonly onChange: (content: MessageContent) => void
  readonly fallbacks?: Readonly<Record<string, string>>
  readonly readOnly?: boolean
  readonly onBlur?: () => void
}) {
  const steps = useContactSteps()
  const problems = useMessageCheck(props.content)
  const vocabulary = useVocabulary()
  return (
    <div className={classes.bench}>
      <MessageEditor
        content={props.content}
        onChange={props.onChange}
        problems={problems}
        vocabulary={vocabulary}
        readOnly={props.readOnly ?? false}
        {...(props.onBlur ? { onBlur: props.onBlur } : {})}
      />
      <MessagePreview content={props.content} fallbacks={props.fallbacks ?? NO_FALLBACKS} steps={steps} />
    </div>
  )
}

const NO_FALLBACKS = {}
