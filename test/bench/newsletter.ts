/** A message of some 5 KB, as newsletters are. */
export function newsletter({ name, unsubscribe, postal }: { name: string; unsubscribe: string; postal: string }): {
  readonly html: string
  readonly text: string
} {
  const sentence =
    'The district office is open on Monday, and everybody who lives in the neighbourhood is welcome to come.'
  const paragraphs = Array.from(
    { length: 16 },
    (_, n) => `${n + 1}. ${sentence} Bring a friend. Reply with your questions.`,
  )
  const html = `<!doctype html><html><body style="font-family: sans-serif"><h1>Hello ${name}</h1>${paragraphs
    .map(paragraph => `<p style="margin: 0 0 16px">${paragraph}</p>`)
    .join(
      '\n',
    )}<p><a href="https://example.org/read">Read more</a></p><p>${postal}<br><a href="${unsubscribe}">Unsubscribe</a></p></body></html>`
  return {
    html,
    text: `Hello ${name}\n\n${paragraphs.join('\n\n')}\n\nRead more: https://example.org/read\n\n${postal}\nUnsubscribe: ${unsubscribe}\n`,
  }
}
