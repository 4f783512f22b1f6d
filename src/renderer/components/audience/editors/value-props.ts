import type { Condition } from '../../../../shared/domain/segment-rule.ts'

/** What an editor of a condition's values is given; `label` names the condition to a screen reader. */
export interface ValueProps<C extends Condition> {
  readonly condition: C
  readonly label: string
  readonly isDisabled: boolean
  readonly onChange: (condition: C) => void
}
