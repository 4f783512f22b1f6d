import type { MessageContent } from '../../../shared/contract/message-content.ts'

/**
 * The content with the rules of its style sheets written into the elements (mail readers such as Outlook ignore many of the
 * others); media queries and what else cannot be inlined stay in the sheet. Template expressions are left as they are. Done
 * once for a campaign, on the source.
 */
export async function withInlineStyles<C extends MessageContent>(content: C): Promise<C> {
  if (content.channel !== 'email' || !/<style\b/i.test(content.html)) return content
  // Some 2 MB of parser that most campaigns never need.
  const { default: juice } = await import('juice')
  return { ...content, html: juice(content.html, OPTIONS) }
}

const OPTIONS = {
  applyAttributesTableElements: true,
  preserveMediaQueries: true,
  preserveFontFaces: true,
  preserveKeyFrames: true,
  preservePseudos: true,
  preserveImportant: true,
  removeStyleTags: true,
}
