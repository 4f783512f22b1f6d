import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  DoughnutController,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js'
import { MatrixController, MatrixElement } from 'chartjs-chart-matrix'

/** Makes known to Chart.js the parts that our charts use, and nothing else; may be called any number of times. */
export function registerCharts(): true {
  Chart.register(
    ArcElement,
    BarController,
    BarElement,
    CategoryScale,
    DoughnutController,
    LinearScale,
    LineController,
    LineElement,
    MatrixController,
    MatrixElement,
    PointElement,
    Tooltip,
  )
  return true
}
