import { createContext, useContext } from 'react'
import { createFormats, type Formats } from './formats.ts'

/** Holds the formats of the window; App gives those of the system's language. */
export const FormatsContext = createContext<Formats>(createFormats('en-GB'))

/** How numbers and times are written here. */
export function useFormats(): Formats {
  return useContext(FormatsContext)
}
