import {
  CellStyleModule,
  ColumnApiModule,
  EventApiModule,
  InfiniteRowModelModule,
  LocaleModule,
  type Module,
  RowApiModule,
  RowSelectionModule,
  ScrollApiModule,
  TooltipModule,
  themeQuartz,
} from 'ag-grid-community'

/** The parts of the grid that are used, so that the rest stays out of the bundle. */
export const gridModules: Module[] = [
  InfiniteRowModelModule,
  RowSelectionModule,
  CellStyleModule,
  ColumnApiModule,
  EventApiModule,
  LocaleModule,
  RowApiModule,
  ScrollApiModule,
  TooltipModule,
]

/** The grid in the clothes of the application; it reads the same CSS variables, so it follows light and dark by itself. */
export const gridTheme = themeQuartz.withParams({
  fontFamily: 'inherit',
  fontSize: 13,
  headerFontSize: 12,
  headerFontWeight: 500,
  rowHeight: 30,
  headerHeight: 30,
  spacing: 4,
  cellHorizontalPadding: 10,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  borderRadius: 4,
  backgroundColor: 'var(--t-ground)',
  foregroundColor: 'var(--mantine-color-text)',
  headerBackgroundColor: 'var(--t-ground)',
  headerTextColor: 'var(--mantine-color-dimmed)',
  borderColor: 'var(--t-hairline)',
  rowHoverColor: 'var(--t-hover)',
  selectedRowBackgroundColor: 'var(--t-selected)',
  accentColor: 'var(--t-accent)',
  browserColorScheme: 'inherit',
})
