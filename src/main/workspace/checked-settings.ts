import { isSupportedCountry } from 'libphonenumber-js/max'
import { AppError } from '../../shared/contract/failure.ts'
import type { WorkspaceSettings } from '../../shared/contract/workspace.ts'

/** The settings in their normal form; fails with `invalid_input` when the zone, country or currency is none. */
export function checkedSettings(settings: WorkspaceSettings): WorkspaceSettings {
  const { country, currency } = settings
  if (!isSupportedCountry(country)) {
    throw new AppError('invalid_input', `${country} is not a country code. Use two letters, such as US or DE.`, {
      field: 'country',
    })
  }
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    throw new AppError('invalid_input', `${currency} is not a currency code. Use three letters, such as USD or EUR.`, {
      field: 'currency',
    })
  }
  const unsubscribeBaseUrl = settings.unsubscribeBaseUrl.trim().replace(/\/+$/, '')
  // RFC 8058 section 3.1 wants https, and what is written in a header must be plain.
  if (unsubscribeBaseUrl !== '' && !/^https:\/\/[\x21-\x3b\x3d\x3f-\x7e]+$/.test(unsubscribeBaseUrl)) {
    throw new AppError('invalid_input', 'The address for unsubscribing begins with https:// and has no blanks.', {
      field: 'unsubscribeBaseUrl',
    })
  }
  return {
    ...settings,
    unsubscribeBaseUrl,
    organisation: settings.organisation.trim(),
    postalAddress: settings.postalAddress.trim(),
    timeZone: knownZone(settings.timeZone),
  }
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    throw new AppError(
      'invalid_input',
      `The time zone ${timeZone} is not known. Write it as Area/City, such as Europe/Berlin.`,
      { field: 'timeZone' },
    )
  }
}
