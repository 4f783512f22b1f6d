import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { i18n } from 'i18next'
import { useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import { ErrorBoundary } from './components/ErrorBoundary.tsx'
import { createFormats } from './lib/formats.ts'
import { createQueryClient } from './lib/query-client.ts'
import { FormatsContext } from './lib/use-formats.ts'
import { createAppRouter } from './router.tsx'
import { cssVariablesResolver, theme } from './theme/theme.ts'

/** The whole window: theme, texts, cache and router around the pages. */
export function App({ texts }: { readonly texts: i18n }) {
  const [client] = useState(createQueryClient)
  const [router] = useState(createAppRouter)
  const [formats] = useState(() => createFormats(navigator.language))
  return (
    <I18nextProvider i18n={texts}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
        <FormatsContext value={formats}>
          <QueryClientProvider client={client}>
            <Notifications position="bottom-right" zIndex={500} />
            <ErrorBoundary title={texts.t('common.pageFailed')}>
              <RouterProvider router={router} />
            </ErrorBoundary>
          </QueryClientProvider>
        </FormatsContext>
      </MantineProvider>
    </I18nextProvider>
  )
}
