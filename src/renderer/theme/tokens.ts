import type { MantineColorsTuple } from '@mantine/core'

/** The accent: a deep teal. Shade 7 carries white text (6.6:1); shade 4 is read on the dark ground (7.6:1). */
export const teal: MantineColorsTuple = [
  '#e9f6f4',
  '#d3ebe8',
  '#a8d8d2',
  '#79c3bb',
  '#4fb0a6',
  '#2b978d',
  '#157c74',
  '#0b665f',
  '#07534d',
  '#043f3b',
]

/** Greys with a slight warm tint, from paper to ink. Shade 6 is the faintest that text may have on white (5.6:1). */
export const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f4f2ef',
  '#ebe8e4',
  '#dfdbd6',
  '#cbc6c0',
  '#948e87',
  '#69635d',
  '#4b4641',
  '#34302c',
  '#201d1a',
]

/** The same for the dark scheme, from text (0) to the deepest ground (9). */
export const dark: MantineColorsTuple = [
  '#e3dfda',
  '#c4bfb9',
  '#a8a29b',
  '#7d7771',
  '#3d3935',
  '#322f2b',
  '#292623',
  '#1e1c1a',
  '#191715',
  '#131110',
]

/** Status colours: shade 8 is read on light grounds, shade 3 on dark ones (both at least 4.5:1). */
export const green: MantineColorsTuple = [
  '#eaf7ee',
  '#d4edda',
  '#abdcb8',
  '#7fca93',
  '#57b973',
  '#38a158',
  '#278546',
  '#1c6e38',
  '#155a2d',
  '#0d4320',
]
export const amber: MantineColorsTuple = [
  '#fdf4e3',
  '#fae7c3',
  '#f4d08a',
  '#edb951',
  '#dd9f26',
  '#c08311',
  '#9d6907',
  '#815504',
  '#6b4603',
  '#4f3301',
]
export const red: MantineColorsTuple = [
  '#fdeeec',
  '#fadad6',
  '#f4b4ac',
  '#ee9186',
  '#e2685a',
  '#d04637',
  '#b93325',
  '#9f281c',
  '#852016',
  '#61160e',
]
export const blue: MantineColorsTuple = [
  '#ecf3fb',
  '#d6e5f6',
  '#abcbee',
  '#82b1e5',
  '#5c98da',
  '#3b7fca',
  '#2b68ac',
  '#225591',
  '#1b4577',
  '#123157',
]

/** What charts, grids and editors draw with, for one scheme. */
export interface Tokens {
  readonly ground: string
  readonly panel: string
  readonly hover: string
  readonly selected: string
  readonly text: string
  readonly dimmed: string
  readonly hairline: string
  readonly accent: string
  /** Colour-blind safe (after Okabe and Ito), in the order in which series take them. */
  readonly series: readonly string[]
  /** From little to much, for heat maps. */
  readonly ramp: readonly string[]
}

/** The tokens of the light scheme. */
export const lightTokens: Tokens = {
  ground: '#ffffff',
  panel: '#faf9f7',
  hover: '#f4f2ef',
  selected: '#e3f2f0',
  text: '#201d1a',
  dimmed: '#69635d',
  hairline: '#e6e2dd',
  accent: '#0b665f',
  series: ['#0b665f', '#d55e00', '#0072b2', '#b8860b', '#8c5a9e', '#56b4e9', '#7d7771'],
  ramp: ['#f4f2ef', '#d3ebe8', '#a8d8d2', '#79c3bb', '#2b978d', '#0b665f', '#043f3b'],
}

/** The tokens of the dark scheme. */
export const darkTokens: Tokens = {
  ground: '#1e1c1a',
  panel: '#191715',
  hover: '#292623',
  selected: '#1d3633',
  text: '#e3dfda',
  dimmed: '#a8a29b',
  hairline: '#34302c',
  accent: '#4fb0a6',
  series: ['#4fb0a6', '#f0894a', '#5aa9dd', '#d9b14a', '#c09ad0', '#9bd0f0', '#a8a29b'],
  ramp: ['#292623', '#1f3d3a', '#1f5c56', '#2b7d75', '#4fb0a6', '#79c3bb', '#d3ebe8'],
}
