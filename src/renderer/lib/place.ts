import { createContext, useContext } from 'react'

/** Where the window is: the heading of the page, for the breadcrumb and the window title. */
export interface Place {
  readonly title: string
  readonly setTitle: (title: string) => void
  /** Says a sentence to people who listen to the screen. */
  readonly announce: (text: string) => void
}

/** Holds the place; the shell gives it. */
export const PlaceContext = createContext<Place>({ title: '', setTitle: () => undefined, announce: () => undefined })

/** The place of the page that is shown. */
export function usePlace(): Place {
  return useContext(PlaceContext)
}
