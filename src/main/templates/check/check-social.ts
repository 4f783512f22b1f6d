import type { SocialContent } from '../../../shared/contract/message-content.ts'
import type { TemplateProblem } from '../../../shared/contract/templates.ts'
import { placeIn, withExamples } from './source-sample.ts'

/** What a network takes (standards.md 5): characters of a post, and of one with a picture. */
interface Network {
  readonly name: string
  readonly most: number
  readonly mostWithImage: number
  /** Whether a picture is fetched from its address. */
  readonly showsImage: boolean
  /** Every address counts as so many characters; null as it is written. */
  readonly addressCounts: number | null
}

// As of 2026-11-01. Each instance of Mastodon may allow more; Facebook and Slack cut off far beyond what anybody reads.
const NETWORKS: ReadonlyMap<string, Network> = new Map([
  ['mastodon', { name: 'Mastodon', most: 500, mostWithImage: 500, showsImage: false, addressCounts: 23 }],
  ['discord', { name: 'Discord', most: 2000, mostWithImage: 2000, showsImage: true, addressCounts: null }],
  ['telegram', { name: 'Telegram', most: 4096, mostWithImage: 1024, showsImage: true, addressCounts: null }],
  ['slack', { name: 'Slack', most: 40_000, mostWithImage: 3000, showsImage: true, addressCounts: null }],
  ['facebook', { name: 'Facebook', most: 63_206, mostWithImage: 63_206, showsImage: true, addressCounts: null }],
])

/**
 * What the networks would not take of a post. With the kinds of accounts that were chosen it is wrong, without them doubtful:
 * a template may go to any.
 */
export function checkSocial(
  content: SocialContent,
  networks: readonly string[] | undefined,
): readonly TemplateProblem[] {
  const { text, link, imageLink } = content
  const problems: TemplateProblem[] = []
  if (text.trim() === '' && link.trim() === '' && imageLink.trim() === '') {
    return [{ part: 'text', severity: 'error', line: 1, column: 1, message: 'The post is empty.' }]
  }
  for (const [part, address] of [['link', link] as const, ['media', imageLink] as const]) {
    if (address.trim() !== '' && !/^(https:\/\/|\{\{)/i.test(address.trim())) {
      problems.push({ part, severity: 'error', line: 1, column: 1, message: 'The address must begin with https://' })
    }
  }
  const words = [withExamples(text).trim(), withExamples(link).trim()]
  const post = words[1] === '' || words[0]?.includes(words[1] ?? '') ? (words[0] ?? '') : words.join('\n\n')
  for (const key of new Set(networks ?? NETWORKS.keys())) {
    const network = NETWORKS.get(key)
    if (!network) continue
    const most = imageLink.trim() === '' ? network.most : network.mostWithImage
    const length = lengthFor(network, post)
    if (length > most) {
      const picture = imageLink.trim() !== '' && most < network.most ? ' with a picture' : ''
      problems.push({
        part: 'text',
        severity: networks === undefined ? 'warning' : 'error',
        ...placeIn(text, most),
        message: `With example values the post has ${length} characters; ${network.name} takes ${most.toLocaleString('en')}${picture}.`,
      })
    }
    if (!network.showsImage && imageLink.trim() !== '' && networks !== undefined) {
      const message = `${network.name} shows no picture from an address: the post goes there without it.`
      problems.push({ part: 'media', severity: 'warning', line: 1, column: 1, message })
    }
  }
  return problems
}

function lengthFor({ addressCounts }: Network, post: string): number {
  const counted = addressCounts === null ? post : post.replace(/https?:\/\/\S+/g, 'x'.repeat(addressCounts))
  return addressCounts === null ? counted.length : Array.from(counted).length
}
