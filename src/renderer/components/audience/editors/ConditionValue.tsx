import type { Condition } from '../../../../shared/domain/segment-rule.ts'
import { BooleanValue, ChannelValue, ConsentValue, ExternalValue, MembershipValue } from './ChoiceValue.tsx'
import { AnniversaryValue, DateValue } from './DateValue.tsx'
import { EventsValue } from './EventsValue.tsx'
import { NumberValue, ScoreValue } from './NumberValue.tsx'
import { OwnerValue } from './OwnerValue.tsx'
import { PlaceValue } from './PlaceValue.tsx'
import { PurchasesValue } from './PurchasesValue.tsx'
import { SeveralValue, TextValue } from './TextValue.tsx'
import type { ValueProps } from './value-props.ts'

/** The operator and the values of a condition, as its kind needs them. */
export function ConditionValue({ condition, ...props }: ValueProps<Condition>) {
  switch (condition.kind) {
    case 'text':
      return condition.field === 'owner' ? (
        <OwnerValue condition={condition} {...props} />
      ) : (
        <TextValue condition={condition} {...props} />
      )
    case 'values':
      return <SeveralValue condition={condition} {...props} />
    case 'number':
      return <NumberValue condition={condition} {...props} />
    case 'score':
      return <ScoreValue condition={condition} {...props} />
    case 'date':
    case 'purchase_date':
      return <DateValue condition={condition} {...props} />
    case 'boolean':
      return <BooleanValue condition={condition} {...props} />
    case 'membership':
      return <MembershipValue condition={condition} {...props} />
    case 'place':
      return <PlaceValue condition={condition} {...props} />
    case 'anniversary':
      return <AnniversaryValue condition={condition} {...props} />
    case 'purchases':
      return <PurchasesValue condition={condition} {...props} />
    case 'events':
      return <EventsValue condition={condition} {...props} />
    case 'consent':
      return <ConsentValue condition={condition} {...props} />
    case 'suppressed':
      return <ChannelValue condition={condition} {...props} />
    case 'external':
      return <ExternalValue condition={condition} {...props} />
  }
}
