import { Autocomplete } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlaceCondition } from '../../../../shared/domain/segment-rule.ts'
import { InlineSelect } from '../InlineSelect.tsx'
import classes from '../RuleBuilder.module.css'
import { operatorWords } from '../rule-words.ts'
import { KNOWN_PLACES, placeTyped } from './known-places.ts'
import { Amount } from './NumberValue.tsx'
import type { ValueProps } from './value-props.ts'

const OPERATORS = ['within', 'outside'] as const
const UNITS = ['km', 'mi'] as const

/** Asks how far somebody is from a place: a city, or "latitude, longitude". */
export function PlaceValue({ condition, label, isDisabled, onChange }: ValueProps<PlaceCondition>) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(() => placeText(condition))
  return (
    <>
      <InlineSelect
        label={t('segments.operatorOf', { what: label })}
        value={condition.operator}
        options={OPERATORS.map(value => ({ value, label: operatorWords(t, value) }))}
        isDisabled={isDisabled}
        isQuiet
        onChange={operator => onChange({ ...condition, operator })}
      />
      <Amount
        label={t('segments.radiusOf', { what: label })}
        value={condition.radius}
        min={0}
        isDisabled={isDisabled}
        onChange={radius =>
          onChange({ ...condition, radius: radius === null || radius <= 0 ? null : Math.min(radius, 25_000) })
        }
      />
      <InlineSelect
        label={t('segments.unitOf', { what: label })}
        value={condition.unit}
        options={UNITS.map(value => ({ value, label: value }))}
        isDisabled={isDisabled}
        onChange={unit => onChange({ ...condition, unit })}
      />
      <span className={classes.word}>{t('segments.of')}</span>
      <Autocomplete
        aria-label={t('segments.placeOf', { what: label })}
        size="xs"
        className={classes.text ?? ''}
        placeholder={t('segments.typePlace')}
        disabled={isDisabled}
        limit={12}
        data={KNOWN_PLACES.map(place => place.name)}
        value={typed}
        onChange={text => {
          setTyped(text)
          const place = placeTyped(text)
          onChange({
            ...condition,
            latitude: place?.latitude ?? null,
            longitude: place?.longitude ?? null,
            label: place?.name ?? '',
          })
        }}
      />
    </>
  )
}

function placeText({ label, latitude, longitude }: PlaceCondition): string {
  if (label !== '') return label
  return latitude === null || longitude === null ? '' : `${latitude}, ${longitude}`
}
