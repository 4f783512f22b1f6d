import { Menu, UnstyledButton } from '@mantine/core'
import { Ban, Copy, CopyPlus, GripVertical, Group as GroupIcon, MoveDown, MoveUp, Trash2, Ungroup } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rule } from '../../../shared/domain/segment-rule.ts'
import { useBuilder } from './builder-context.ts'
import { withMatch } from './group-match.ts'
import classes from './RuleBuilder.module.css'
import { partWords } from './rule-sentence.ts'

/** The grip of a part: drags it, opens what can be done with it, and is where the keyboard takes hold of it. */
export function PartHandle({ part, ref }: { readonly part: Rule; readonly ref: Ref<HTMLButtonElement> }) {
  const { t } = useTranslation()
  const builder = useBuilder()
  const negate = (): void => builder.replace(turned(part))
  return (
    <Menu position="bottom-start" shadow="md" width={230} disabled={builder.isReadOnly}>
      <Menu.Target>
        <UnstyledButton
          ref={ref}
          className={classes.handle ?? ''}
          data-handle={part.id}
          aria-label={t('segments.handle', { what: partWords(part, builder.catalogue.words) })}
        >
          <GripVertical size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<MoveUp size={14} />}
          rightSection={<Keys keys="Alt ↑" />}
          onClick={() => builder.step(part.id, 'up')}
        >
          {t('segments.moveUp')}
        </Menu.Item>
        <Menu.Item
          leftSection={<MoveDown size={14} />}
          rightSection={<Keys keys="Alt ↓" />}
          onClick={() => builder.step(part.id, 'down')}
        >
          {t('segments.moveDown')}
        </Menu.Item>
        <Menu.Item leftSection={<Ban size={14} />} rightSection={<Keys keys="N" />} onClick={negate}>
          {part.negated ? t('segments.affirm') : t('segments.negate')}
        </Menu.Item>
        <Menu.Item
          leftSection={<GroupIcon size={14} />}
          rightSection={<Keys keys="G" />}
          onClick={() => builder.wrap(part.id)}
        >
          {t('segments.wrap')}
        </Menu.Item>
        {part.kind === 'group' ? (
          <Menu.Item leftSection={<Ungroup size={14} />} onClick={() => builder.unwrap(part.id)}>
            {t('segments.unwrap')}
          </Menu.Item>
        ) : null}
        <Menu.Divider />
        <Menu.Item
          leftSection={<CopyPlus size={14} />}
          rightSection={<Keys keys="Mod D" />}
          onClick={() => builder.duplicate(part.id)}
        >
          {t('segments.duplicatePart')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Copy size={14} />}
          rightSection={<Keys keys="Mod C" />}
          onClick={() => builder.copy(part.id)}
        >
          {t('segments.copyPart')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          c="var(--t-bad)"
          leftSection={<Trash2 size={14} />}
          rightSection={<Keys keys="Del" />}
          onClick={() => builder.remove(part.id)}
        >
          {t('segments.removePart')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** The part, turned around. */
export function turned(part: Rule): Rule {
  if (part.kind !== 'group') return { ...part, negated: !part.negated }
  if (part.negated) return { ...part, negated: false }
  return withMatch(part, part.match === 'any' ? 'none' : 'notAll')
}

function Keys({ keys }: { readonly keys: string }) {
  return <span className={classes.keys}>{keys.replace('Mod', /Mac/.test(navigator.userAgent) ? '⌘' : 'Ctrl')}</span>
}
