import type { ChartData, ChartOptions, ChartType, Plugin } from 'chart.js'
import { useState } from 'react'
import { Chart } from 'react-chartjs-2'
import { registerCharts } from './register-charts.ts'

/** A Chart.js canvas that says to a screen reader what it shows. */
export function ChartCanvas<T extends ChartType>(props: {
  readonly type: T
  readonly label: string
  readonly data: ChartData<T>
  readonly options: ChartOptions<T>
  readonly plugins?: Plugin<T>[]
}) {
  // The controllers must be known before the first chart is made, and this runs before any effect does.
  useState(registerCharts)
  return (
    <Chart
      type={props.type}
      role="img"
      aria-label={props.label}
      data={props.data}
      options={props.options}
      plugins={props.plugins ?? []}
    />
  )
}
