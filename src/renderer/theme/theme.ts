import { ActionIcon, type CSSVariablesResolver, createTheme, Loader, Modal, Tooltip } from '@mantine/core'
import { amber, blue, dark, darkTokens, gray, green, lightTokens, red, type Tokens, teal } from './tokens.ts'

const px = (pixels: number): string => `${pixels / 16}rem`

/** The one theme of the application: type, sizes and colours. Light and dark come from the same tokens. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: px(12), sm: px(13), md: px(13), lg: px(15), xl: px(18) },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.4', xl: '1.3' },
  spacing: { xs: px(4), sm: px(8), md: px(12), lg: px(16), xl: px(24) },
  radius: { xs: px(3), sm: px(4), md: px(6), lg: px(8), xl: px(12) },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: px(20), lineHeight: '1.3' },
      h2: { fontSize: px(15), lineHeight: '1.4' },
      h3: { fontSize: px(13), lineHeight: '1.5' },
    },
  },
  colors: { teal, gray, dark, green, yellow: amber, red, blue },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 7 },
  black: '#201d1a',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        transitionProps: { duration: 120, transition: 'fade' },
        overlayProps: { opacity: 0.35 },
      },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, withArrow: false, fz: 'xs', transitionProps: { duration: 80 } },
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Loader: Loader.extend({ defaultProps: { size: 'xs' } }),
  },
})

/** Puts the tokens into CSS variables (`--t-…`), so that style sheets, grids and editors read the same ones. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...variablesOf(lightTokens),
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-default-border': '#d6d1cb',
    '--mantine-color-error': red[7],
    '--mantine-color-gray-light-color': gray[7],
    '--t-good': green[7],
    '--t-warn': amber[7],
    '--t-bad': red[7],
    '--t-quiet': gray[6],
    '--t-busy': blue[7],
  },
  dark: {
    ...variablesOf(darkTokens),
    '--mantine-color-text': dark[0],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-default-border': dark[4],
    '--mantine-color-error': red[3],
    '--mantine-color-anchor': teal[3],
    '--t-good': green[3],
    '--t-warn': amber[3],
    '--t-bad': red[3],
    '--t-quiet': dark[2],
    '--t-busy': blue[3],
  },
})

function variablesOf(tokens: Tokens): Record<string, string> {
  return {
    '--t-ground': tokens.ground,
    '--t-panel': tokens.panel,
    '--t-hover': tokens.hover,
    '--t-selected': tokens.selected,
    '--t-hairline': tokens.hairline,
    '--t-accent': tokens.accent,
    '--mantine-color-body': tokens.ground,
  }
}
