import { Button, Group, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { ChartNoAxesCombined, Table2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A chart's figures as rows; the first column names the row, the others are numbers already formatted. */
export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The one frame of every chart: a heading, the number that matters, the picture, and the same figures as a table. */
export function ChartFrame(props: {
  readonly title: string
  readonly headline: string
  readonly table: ChartTable
  readonly height?: number
  readonly children: ReactNode
}) {
  const { t } = useTranslation(undefined, { keyPrefix: 'charts' })
  const [asTable, setAsTable] = useState(false)
  const height = props.height ?? 220
  const empty = props.table.rows.length === 0
  return (
    <Stack gap={8} component="section" aria-label={props.title} miw={0}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <div>
          <Title order={3} fz="sm" fw={600}>
            {props.title}
          </Title>
          <Text size="xs" c="dimmed" lineClamp={1}>
            {props.headline}
          </Text>
        </div>
        {empty ? null : (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            c="dimmed"
            style={{ flexShrink: 0 }}
            aria-pressed={asTable}
            aria-label={t('asTableOf', { title: props.title })}
            leftSection={asTable ? <ChartNoAxesCombined size={13} /> : <Table2 size={13} />}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? t('asChart') : t('asTable')}
          </Button>
        )}
      </Group>
      {empty ? (
        <Text size="sm" c="dimmed" py="lg" mih={height}>
          {t('nothingYet')}
        </Text>
      ) : asTable ? (
        <ScrollArea h={height} type="auto" tabIndex={0} role="region" aria-label={props.title}>
          <FigureTable table={props.table} caption={props.title} />
        </ScrollArea>
      ) : (
        <div style={{ position: 'relative', height }}>{props.children}</div>
      )}
    </Stack>
  )
}

function FigureTable(props: { readonly table: ChartTable; readonly caption: string }) {
  return (
    <Table stickyHeader withRowBorders verticalSpacing={4} aria-label={props.caption}>
      <Table.Thead>
        <Table.Tr>
          {props.table.columns.map((column, at) => (
            <Table.Th key={column} scope="col" ta={at === 0 ? 'left' : 'right'}>
              {column}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {props.table.rows.map(row => (
          <Table.Tr key={row[0]}>
            {row.map((cell, at) =>
              at === 0 ? (
                <Table.Th key="name" scope="row" fw={400}>
                  {cell}
                </Table.Th>
              ) : (
                <Table.Td key={props.table.columns[at] ?? at} ta="right" className="t-num">
                  {cell}
                </Table.Td>
              ),
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
