import { Select, TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/use-formats.ts'
import classes from './ContactsPage.module.css'

interface Facet {
  readonly id: string
  readonly name: string
  readonly count: number
}

interface FilterBarProps {
  readonly text: string
  readonly list: string | null
  readonly tag: string | null
  readonly lists: readonly Facet[]
  readonly tags: readonly Facet[]
  readonly onText: (text: string) => void
  readonly onList: (id: string | null) => void
  readonly onTag: (id: string | null) => void
}

/** Narrows the table by words, a list and a tag. */
export function FilterBar({ text, list, tag, lists, tags, onText, onList, onTag }: FilterBarProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const options = (facets: readonly Facet[]) =>
    facets.map(one => ({ value: one.id, label: `${one.name} (${formats.number(one.count)})` }))
  return (
    <>
      <TextInput
        className={classes.find ?? ''}
        data-find=""
        leftSection={<Search size={14} aria-hidden />}
        placeholder={t('contacts.find')}
        aria-label={t('contacts.find')}
        value={text}
        onChange={event => onText(event.currentTarget.value)}
      />
      <Select
        aria-label={t('contacts.anyList')}
        placeholder={t('contacts.anyList')}
        clearable
        searchable
        w={140}
        value={list}
        data={options(lists)}
        onChange={onList}
      />
      <Select
        aria-label={t('contacts.anyTag')}
        placeholder={t('contacts.anyTag')}
        clearable
        searchable
        w={140}
        value={tag}
        data={options(tags)}
        onChange={onTag}
      />
    </>
  )
}
