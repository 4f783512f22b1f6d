import type { ReactNode } from 'react'
import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { LivePanel } from '../../components/audience/LivePanel.tsx'
import { RuleBuilder } from '../../components/audience/RuleBuilder.tsx'
import { useLiveCount } from '../../components/audience/use-live-count.ts'
import type { RuleCatalogue } from '../../components/audience/use-rule-catalogue.ts'
import classes from './SegmentEditor.module.css'

interface SegmentEditorProps {
  /** Another number begins anew with `rule`, and with an empty history. */
  readonly beginning: number
  readonly rule: RuleGroup
  readonly catalogue: RuleCatalogue
  readonly segmentId: string | null
  readonly isReadOnly: boolean
  readonly onChange: (rule: RuleGroup) => void
  readonly onForeignPaste: (text: string) => void
  /** Stands under the rule. */
  readonly children?: ReactNode
}

/** A rule at the left, and whom it finds at the right. */
export function SegmentEditor(props: SegmentEditorProps) {
  const live = useLiveCount(props.rule)
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <RuleBuilder
          key={props.beginning}
          initial={props.rule}
          catalogue={props.catalogue}
          live={live}
          isReadOnly={props.isReadOnly}
          onChange={props.onChange}
          onForeignPaste={props.onForeignPaste}
        />
        {props.children}
      </div>
      <div className={classes.side}>
        <LivePanel live={live} catalogue={props.catalogue} segmentId={props.segmentId} />
      </div>
    </div>
  )
}
