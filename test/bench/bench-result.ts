/** What every benchmark gives: our time against a floor measured in the same run. */
export interface BenchResult {
  readonly name: string
  readonly size: number
  /** Ours divided by the floor: below 1 is faster than the floor. Throughput benchmarks say so in a further field. */
  readonly ratio: number
  readonly floorMs: number
  readonly ms: number
  /** Highest resident memory of the measured process, in MB (2^20 octets). */
  readonly peakRssMb: number
  readonly [extra: string]: number | string
}
