import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en/index.ts'

/** The message catalogue, ready to use. Numbers in texts are written as `{{count, number}}`. */
export async function createTexts(): Promise<i18n> {
  const texts = createInstance()
  await texts.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return texts
}
