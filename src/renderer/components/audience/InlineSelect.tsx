import { Combobox, UnstyledButton, useCombobox } from '@mantine/core'
import classes from './RuleBuilder.module.css'

interface InlineSelectProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
  readonly isDisabled?: boolean
  /** Reads as a word of the sentence, without a frame. */
  readonly isQuiet?: boolean
}

/** A choice that is as wide as what is chosen, so that a row of them reads like a sentence. */
export function InlineSelect<T extends string>(props: InlineSelectProps<T>) {
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.selectActiveOption(),
    onDropdownClose: () => combobox.resetSelectedOption(),
  })
  const chosen = props.options.find(option => option.value === props.value)
  return (
    <Combobox
      store={combobox}
      width="max-content"
      position="bottom-start"
      shadow="md"
      onOptionSubmit={value => {
        const option = props.options.find(one => one.value === value)
        if (option) props.onChange(option.value)
        combobox.closeDropdown()
        combobox.focusTarget()
      }}
    >
      <Combobox.Target targetType="button">
        <UnstyledButton
          className={classes.choice ?? ''}
          data-quiet={props.isQuiet ? '' : undefined}
          aria-label={`${props.label}: ${chosen?.label ?? ''}`}
          disabled={props.isDisabled ?? false}
          onClick={() => combobox.toggleDropdown()}
        >
          {chosen?.label ?? props.value}
        </UnstyledButton>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={props.label} mah={320} style={{ overflowY: 'auto' }}>
          {props.options.map(option => (
            <Combobox.Option key={option.value} value={option.value} active={option.value === props.value}>
              {option.label}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
