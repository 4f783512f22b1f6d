/** A field of a form: a text, or a file. */
export type FormPart =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly fileName: string; readonly type: string; readonly bytes: Uint8Array }

/**
 * A form as multipart/form-data (RFC 7578). `seed` makes the boundary; it must occur in no part, which an id with `=_` before
 * it does not in quoted-printable or base64.
 */
export function multipartForm(
  seed: string,
  parts: readonly FormPart[],
): { readonly type: string; readonly body: Uint8Array } {
  const boundary = `=_form_${seed}`
  const pieces: Uint8Array[] = []
  for (const part of parts) {
    const file = 'bytes' in part ? `; filename="${escaped(part.fileName)}"\r\nContent-Type: ${part.type}` : ''
    pieces.push(
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(part.name)}"${file}\r\n\r\n`,
        'utf8',
      ),
      'bytes' in part ? part.bytes : Buffer.from(part.text, 'utf8'),
      Buffer.from('\r\n', 'latin1'),
    )
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`, 'latin1'))
  return { type: `multipart/form-data; boundary="${boundary}"`, body: Buffer.concat(pieces) }
}

// As browsers do it (HTML standard, multipart/form-data encoding algorithm).
function escaped(name: string): string {
  return name.replace(/\r\n|\r|\n/g, '%0D%0A').replace(/"/g, '%22')
}
