import { Button, Checkbox, Group, NumberInput, Popover, Select, Stack, Text } from '@mantine/core'
import { SlidersHorizontal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { FileReading, type Inspection } from '../../../shared/contract/imports.ts'

interface ReadingRowProps {
  readonly reading: FileReading
  readonly sheets: Inspection['sheets']
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

/** How the bytes become rows, as it was detected: encoding and separator, or the sheet; every part of it can be changed. */
export function ReadingRow({ reading, sheets, why, onChange }: ReadingRowProps) {
  const { t } = useTranslation()
  const isTable = reading.format === 'xlsx' || (reading.format === 'text' && reading.layout !== 'addresses')
  return (
    <section aria-label={t('imports.reading')}>
      <Group gap="md" align="flex-end">
        {reading.format === 'text' ? <TextParts reading={reading} onChange={onChange} /> : null}
        {reading.format === 'xlsx' && sheets.length > 0 ? (
          <Select
            label={t('imports.sheet')}
            w={240}
            allowDeselect={false}
            value={reading.sheet}
            data={sheets.map(({ name, rows }) => ({
              value: name,
              label: t('imports.sheetRows', { name, count: rows }),
            }))}
            onChange={sheet => {
              if (sheet !== null) onChange({ sheet })
            }}
          />
        ) : null}
        {isTable ? (
          <Checkbox
            label={t('imports.hasHeader')}
            checked={reading.hasHeader}
            mb={5}
            onChange={event => onChange({ hasHeader: event.currentTarget.checked })}
          />
        ) : null}
        {reading.format === 'vcard' ? null : <MoreParts reading={reading} onChange={onChange} />}
      </Group>
      <Text fz="xs" c="dimmed" mt={4}>
        {why}
      </Text>
    </section>
  )
}

type PartsProps = Pick<ReadingRowProps, 'reading' | 'onChange'>

function TextParts({ reading, onChange }: PartsProps) {
  const { t } = useTranslation()
  const encoding = reading.encoding.toLowerCase()
  return (
    <>
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
      {reading.layout !== 'addresses' ? (
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
      ) : null}
    </>
  )
}

const QUOTES = FileReading.shape.quote.unwrap()
const LAYOUTS = FileReading.shape.layout.unwrap()

/** What is seldom wrong: rows above the names and at the end, quotation marks, and whether it is a table at all. */
function MoreParts({ reading, onChange }: PartsProps) {
  const { t } = useTranslation()
  const isList = reading.format === 'text' && reading.layout === 'addresses'
  const rows = (part: 'skipRows' | 'headerRows' | 'footerRows', least: number, most: number) => (
    <NumberInput
      label={t(`imports.${part}`)}
      min={least}
      max={most}
      value={reading[part]}
      disabled={isList || (part === 'headerRows' && !reading.hasHeader)}
      onChange={value => {
        const count = typeof value === 'number' ? value : Number.parseInt(value, 10)
        if (Number.isInteger(count) && count >= least && count <= most) onChange({ [part]: count })
      }}
    />
  )
  return (
    <Popover position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-sm" mb={3} leftSection={<SlidersHorizontal size={14} />}>
          {t('imports.moreReading')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown w={280}>
        <Stack gap="sm">
          {rows('skipRows', 0, 1000)}
          {rows('headerRows', 1, 10)}
          {rows('footerRows', 0, 100)}
          {reading.format === 'text' ? (
            <>
              <Select
                label={t('imports.quote')}
                allowDeselect={false}
                value={reading.quote}
                disabled={isList}
                comboboxProps={{ withinPortal: false }}
                data={[
                  { value: '"', label: t('imports.quote_double') },
                  { value: "'", label: t('imports.quote_single') },
                  { value: '', label: t('imports.quote_none') },
                ]}
                onChange={value => {
                  const quote = QUOTES.safeParse(value)
                  if (quote.success) onChange({ quote: quote.data })
                }}
              />
              <Select
                label={t('imports.layout')}
                allowDeselect={false}
                value={reading.layout}
                comboboxProps={{ withinPortal: false }}
                data={LAYOUTS.options.map(layout => ({ value: layout, label: t(`imports.layout_${layout}`) }))}
                onChange={value => {
                  const layout = LAYOUTS.safeParse(value)
                  if (layout.success) onChange({ layout: layout.data })
                }}
              />
            </>
          ) : null}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
