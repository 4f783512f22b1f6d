import './lib/without-eval.ts'
import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import '@mantine/dates/styles.css'
import '@mantine/dropzone/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './theme/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { createTexts } from './locales/texts.ts'

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no element with the id root')
const texts = await createTexts()
createRoot(place).render(
  <StrictMode>
    <App texts={texts} />
  </StrictMode>,
)
