/** Twilio takes no more than this many characters of TwiML in a request (standards.md 4). */
export const MOST_TWIML = 4000

/** A script as TwiML: a breath, then the words. What XML cannot hold is left out, everything else is escaped. */
export function twimlOf(script: { readonly text: string; readonly voice: string; readonly language: string }): string {
  const voice = script.voice === '' ? '' : ` voice="${escaped(script.voice)}"`
  const language = script.language === '' ? '' : ` language="${escaped(script.language)}"`
  return `<Response><Pause length="1"/><Say${voice}${language}>${escaped(script.text.trim())}</Say></Response>`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function escaped(text: string): string {
  // XML 1.0 section 2.2: other control characters and lone surrogates make a document that no parser reads.
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
      .replace(/[&<>"']/g, character => ESCAPES[character] ?? character)
  )
}
