/** An attribute as it stands in a source; values may hold {{fields}}. */
export interface TagAttribute {
  readonly name: string
  readonly value: string
  readonly offset: number
}

/** An opening tag as it stands in a source. */
export interface Tag {
  readonly name: string
  readonly offset: number
  readonly attributes: readonly TagAttribute[]
}

const COMMENT_OR_TAG = /<!--[\s\S]*?(?:-->|$)|<([a-z][a-z0-9:-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>?/gi
const ATTRIBUTE = /([^\s"'<>/={}]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|((?:\{\{[^}]*\}\}|[^\s"'>])+)))?/g

/** The opening tags of an HTML source, in order; comments are passed over. */
export function tagsOf(source: string): readonly Tag[] {
  const tags: Tag[] = []
  for (const match of source.matchAll(COMMENT_OR_TAG)) {
    const [, name, rest = ''] = match
    if (name === undefined) continue
    const restAt = match.index + 1 + name.length
    const attributes = [...rest.matchAll(ATTRIBUTE)].map(found => ({
      name: (found[1] ?? '').toLowerCase(),
      value: found[2] ?? found[3] ?? found[4] ?? '',
      offset: restAt + found.index,
    }))
    tags.push({ name: name.toLowerCase(), offset: match.index, attributes })
  }
  return tags
}

/** The value of an attribute; null when the tag does not have it. */
export function attributeOf(tag: Tag, name: string): TagAttribute | null {
  return tag.attributes.find(attribute => attribute.name === name) ?? null
}
