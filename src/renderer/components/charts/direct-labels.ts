import type { Chart, Plugin } from 'chart.js'

interface Tag {
  readonly text: string
  readonly colour: string
  readonly x: number
  y: number
}

const LINE_HEIGHT = 14

/** Writes each line's name beside its last point, pushed apart where lines end close together: no legend to look up. */
export function lineNames(font: string): Plugin<'line'> {
  return {
    id: 'lineNames',
    afterDatasetsDraw(chart) {
      const tags = chart.data.datasets.flatMap((dataset, at): Tag[] => {
        const last = chart.getDatasetMeta(at).data.at(-1)
        const colour = typeof dataset.borderColor === 'string' ? dataset.borderColor : '#888'
        return last && chart.isDatasetVisible(at)
          ? [{ text: dataset.label ?? '', colour, x: chart.chartArea.right + 8, y: last.y }]
          : []
      })
      write(chart, spread(tags, chart.chartArea.top, chart.chartArea.bottom), font)
    },
  }
}

/** Writes each bar's number at its end. */
export function barNumbers(font: string, colour: string, format: (value: number) => string): Plugin<'bar'> {
  return {
    id: 'barNumbers',
    afterDatasetsDraw(chart) {
      const bars = chart.getDatasetMeta(0).data
      const values = chart.data.datasets[0]?.data ?? []
      const tags = bars.map((bar, at): Tag => {
        const value = values[at]
        return { text: typeof value === 'number' ? format(value) : '', colour, x: bar.x + 6, y: bar.y }
      })
      write(chart, tags, font)
    },
  }
}

function spread(tags: readonly Tag[], top: number, bottom: number): readonly Tag[] {
  const sorted = tags.map(tag => ({ ...tag })).sort((one, other) => one.y - other.y)
  let floor = top + LINE_HEIGHT / 2
  for (const tag of sorted) {
    tag.y = Math.max(tag.y, floor)
    floor = tag.y + LINE_HEIGHT
  }
  let ceiling = bottom - LINE_HEIGHT / 2 + 6
  for (const tag of sorted.toReversed()) {
    tag.y = Math.min(tag.y, ceiling)
    ceiling = tag.y - LINE_HEIGHT
  }
  return sorted
}

function write(chart: Chart, tags: readonly Tag[], font: string): void {
  const { ctx } = chart
  ctx.save()
  ctx.font = `600 11px ${font}`
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  for (const tag of tags) {
    ctx.fillStyle = tag.colour
    ctx.fillText(tag.text, tag.x, tag.y)
  }
  ctx.restore()
}
