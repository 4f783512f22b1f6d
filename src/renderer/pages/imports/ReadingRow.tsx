import { Checkbox, Group, Select, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FileReading } from '../../../shared/contract/imports.ts'

interface ReadingRowProps {
  readonly reading: FileReading
  readonly why: string
  readonly onChange: (change: Partial<FileReading>) => void
}

const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'iso-8859-2',
  'iso-8859-15',
  'macintosh',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
]

/** How the bytes become rows: encoding, separator and header, detected and changeable. */
export function ReadingRow({ reading, why, onChange }: ReadingRowProps) {
  const { t } = useTranslation()
  const encoding = reading.encoding.toLowerCase()
  return (
    <section aria-label={t('imports.reading')}>
      <Group gap="md" align="flex-end">
        <Select
          label={t('imports.encoding')}
          w={150}
          searchable
          allowDeselect={false}
          value={encoding}
          data={ENCODINGS.includes(encoding) ? ENCODINGS : [encoding, ...ENCODINGS]}
          onChange={value => {
            if (value) onChange({ encoding: value })
          }}
        />
        <Select
          label={t('imports.delimiter')}
          w={140}
          allowDeselect={false}
          value={reading.delimiter}
          data={[
            { value: ',', label: t('imports.delimiter_comma') },
            { value: ';', label: t('imports.delimiter_semicolon') },
            { value: '\t', label: t('imports.delimiter_tab') },
            { value: '|', label: t('imports.delimiter_bar') },
          ]}
          onChange={value => {
            const delimiter = FileReading.shape.delimiter.safeParse(value)
            if (delimiter.success) onChange({ delimiter: delimiter.data })
          }}
        />
        <Checkbox
          label={t('imports.hasHeader')}
          checked={reading.hasHeader}
          mb={5}
          onChange={event => onChange({ hasHeader: event.currentTarget.checked })}
        />
      </Group>
      <Text fz="xs" c="dimmed" mt={4}>
        {why}
      </Text>
    </section>
  )
}
