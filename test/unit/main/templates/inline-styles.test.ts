import { expect, test } from 'vitest'
import { compileMessage } from '../../../../src/main/templates/render/compile-message.ts'
import { createEngine } from '../../../../src/main/templates/render/engine.ts'
import { withInlineStyles } from '../../../../src/main/templates/render/inline-styles.ts'
import type { EmailContent } from '../../../../src/shared/contract/message-content.ts'

const email = (html: string): EmailContent => ({ channel: 'email', subject: 's', preheader: '', html, text: '' })

test('rules of a style sheet are written into the elements, and media queries stay', async () => {
  const { html } = await withInlineStyles(
    email('<style>.big{color:red} @media (max-width:600px){.big{color:blue}}</style><p class="big">Hi</p>'),
  )
  expect(html).toMatch(/<p class="big" style="color: ?red;?">Hi<\/p>/)
  expect(html).toContain('@media (max-width:600px)')
  expect(html).not.toMatch(/<style>\.big/)
})

test('a message without a style sheet stays exactly as it was written', async () => {
  const content = email('<P>a &amp; {{first_name}}<br></P>')
  expect(await withInlineStyles(content)).toBe(content)
})

test('template expressions in text, tables and attributes still mean the same', async () => {
  const content = email(
    '<style>td{padding:4px}</style><table>{{#each tags}}<tr><td title="{{this}}">{{this}}</td></tr>{{/each}}</table>' +
      '<p>{{#if first_name}}Dear {{first_name}}{{else}}Hello{{/if}} &lt;you&gt;</p>',
  )
  const inlined = await withInlineStyles(content)
  const render = (html: string): string => {
    const rendering = compileMessage(createEngine(), email(html), {}).render({ first_name: 'Ann', tags: ['a', 'b"'] })
    return rendering.kind === 'rendered' && rendering.message.channel === 'email' ? rendering.message.html : 'failed'
  }
  const html = render(inlined.html)
  expect(html).toContain('Dear Ann &lt;you&gt;')
  expect(html.match(/<td title="[^"]*" style="padding: ?4px;?">/g)).toHaveLength(2)
  expect(html.replace(/ style="[^"]*"/g, '')).toBe(render(content.html.replace(/<style>.*?<\/style>/, '')))
})
