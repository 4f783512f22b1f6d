/** What an e-mail starter consists of. `body` is made of the pieces below. */
export interface EmailPage {
  readonly title: string
  readonly header: string
  readonly body: string
  readonly footer: string
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/**
 * A page of 600 pixels that shrinks on phones: layout tables, styles written inline (some mail programs drop style sheets), a
 * style sheet for phones and dark mode where it is understood, and the table that Outlook for Windows needs.
 */
export function emailPage({ title, header, body, footer }: EmailPage): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="supported-color-schemes" content="light dark">
  <title>${title}</title>
  <style>
    @media (max-width: 620px) {
      .page { width: 100% !important; }
      .inner { padding-left: 20px !important; padding-right: 20px !important; }
    }
    @media (prefers-color-scheme: dark) {
      .back { background-color: #16181d !important; }
      .card { background-color: #22252c !important; }
      .ink { color: #e8eaee !important; }
      .soft { color: #a7adb8 !important; }
    }
  </style>
</head>
<body class="back" style="margin:0;padding:0;background-color:#f2f4f7;">
  <table class="back" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f2f4f7;">
    <tr>
      <td align="center" style="padding:24px 12px;">
        <!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
        <table class="page card" role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:600px;max-width:600px;background-color:#fdfdfe;border-radius:10px;overflow:hidden;">
${header}
          <tr>
            <td class="inner" style="padding:28px 40px 32px;">
${body}
            </td>
          </tr>
        </table>
        <table class="page" role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:600px;max-width:600px;">
          <tr>
            <td class="inner soft" align="center" style="padding:20px 40px;${FONT};font-size:13px;line-height:20px;color:#5c6470;">
${footer}
            </td>
          </tr>
        </table>
        <!--[if mso]></td></tr></table><![endif]-->
      </td>
    </tr>
  </table>
</body>
</html>
`
}

/** A coloured band with a small line and a large one. */
export function band(colour: string, small: string, large: string): string {
  return `          <tr>
            <td class="inner" style="padding:32px 40px;background-color:${colour};">
              <p style="margin:0 0 6px;${FONT};font-size:14px;line-height:20px;color:#eef1f6;">${small}</p>
              <h1 style="margin:0;${FONT};font-size:28px;line-height:34px;font-weight:700;color:#fdfdfe;">${large}</h1>
            </td>
          </tr>`
}

/** A paragraph of running text. */
export function paragraph(text: string): string {
  return `              <p class="ink" style="margin:0 0 16px;${FONT};font-size:16px;line-height:25px;color:#22262e;">${text}</p>`
}

/** A heading within the text. */
export function heading(text: string): string {
  return `              <h2 class="ink" style="margin:24px 0 8px;${FONT};font-size:19px;line-height:26px;font-weight:700;color:#22262e;">${text}</h2>`
}

/** A link that looks like a button in every mail program. */
export function button(colour: string, text: string, href: string): string {
  return `              <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 20px;">
                <tr>
                  <td style="border-radius:6px;background-color:${colour};">
                    <a href="${href}" style="display:inline-block;padding:13px 26px;${FONT};font-size:16px;line-height:20px;font-weight:600;color:#fdfdfe;text-decoration:none;">${text}</a>
                  </td>
                </tr>
              </table>`
}

/** Lines of facts with a name before each, such as when and where. */
export function facts(lines: readonly (readonly [string, string])[]): string {
  const rows = lines.map(
    ([name, value]) => `                <tr>
                  <td class="soft" valign="top" style="padding:6px 16px 6px 0;${FONT};font-size:14px;line-height:22px;color:#5c6470;">${name}</td>
                  <td class="ink" valign="top" style="padding:6px 0;${FONT};font-size:16px;line-height:22px;font-weight:600;color:#22262e;">${value}</td>
                </tr>`,
  )
  return `              <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;">
${rows.join('\n')}
              </table>`
}

/** Why she gets the message, the way out, and who sends it: what the law asks of a marketing e-mail. */
export const FOOTER = `              You get this because you asked {{organisation}} to keep you informed.<br>
              <a class="soft" href="{{unsubscribe_url}}" style="color:#5c6470;text-decoration:underline;">Unsubscribe</a><br>
              {{organisation}}, {{postal_address}}`
