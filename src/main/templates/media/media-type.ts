/** The largest file that goes with an e-mail. */
export const MOST_FILE_BYTES = 10 * 2 ** 20
/** All files of a message: base64 makes them a third larger, and most servers take 25 MB. */
export const MOST_MESSAGE_BYTES = 15 * 2 ** 20

// What Gmail and Exchange refuse wherever it stands, programs and scripts (support.google.com/mail/answer/6590, as of 2026).
const BLOCKED = new Set(
  (
    'ade adp apk app appx appxbundle bat cab chm cmd com cpl diagcab diagcfg diagpkg dll dmg ex ex_ exe hta img ins iso isp jar ' +
    'jnlp js jse lib lnk mde mjs msc msi msix msixbundle msp mst nsh pif ps1 psc1 reg scr sct shb sys vb vbe vbs vhd vxd wsc wsf wsh xll'
  ).split(' '),
)

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  ics: 'text/calendar',
  vcf: 'text/vcard',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
}

/** The media type that a file's name tells, or null when mail servers refuse such files. */
export function mediaType(name: string): string | null {
  const endings = name.toLowerCase().split('.').slice(1)
  const ending = endings.at(-1)?.trim() ?? ''
  if (BLOCKED.has(ending)) return null
  return TYPES[ending] ?? 'application/octet-stream'
}
