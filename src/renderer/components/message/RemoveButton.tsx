import { ActionIcon, Tooltip } from '@mantine/core'
import { X } from 'lucide-react'

/** Takes one of several things away. */
export function RemoveButton(props: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon mb={2} aria-label={props.label} onClick={props.onClick}>
        <X size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
