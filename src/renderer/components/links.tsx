import {
  ActionIcon,
  type ActionIconProps,
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  type ElementProps,
} from '@mantine/core'
import { createLink } from '@tanstack/react-router'

type ButtonLinkProps = ButtonProps & ElementProps<'a', keyof ButtonProps>
type AnchorLinkProps = AnchorProps & ElementProps<'a', keyof AnchorProps>
type IconLinkProps = ActionIconProps & ElementProps<'a', keyof ActionIconProps>

/** A button that goes somewhere: `<LinkButton to="/campaigns/$id" params={{ id }}>`. */
export const LinkButton = createLink((props: ButtonLinkProps) => <Button component="a" {...props} />)
/** A link in a text or a table that goes somewhere. */
export const LinkAnchor = createLink((props: AnchorLinkProps) => <Anchor {...props} />)
/** A button of one icon that goes somewhere. */
export const LinkIcon = createLink((props: IconLinkProps) => <ActionIcon component="a" {...props} />)
