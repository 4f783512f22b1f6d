import { expect, test } from 'vitest'
import { isOurPage, senderRefusal } from '../../../../src/main/host/electron/page-origin.ts'

test.each(['app://bundle/', 'app://bundle/index.html', 'app://bundle/campaigns/1#x'])('%s is our page', address => {
  expect(isOurPage(address)).toBe(true)
})

test.each([
  'app://bundle.example/',
  'app://bundle@example.com/',
  'app://user@bundle/',
  'app://preview/',
  'https://bundle/',
  'file:///app://bundle/',
  'about:blank',
  'about:srcdoc',
  'data:text/html,app://bundle/',
  'blob:app://bundle/1',
  'javascript:1',
  '',
])('"%s" is not', address => {
  expect(isOurPage(address)).toBe(false)
})

const frame = { url: 'app://bundle/', isMainFrame: true }

test.each([
  ['no_frame', { frame: null, isOurWindow: true }],
  ['other_window', { frame, isOurWindow: false }],
  ['not_main_frame', { frame: { ...frame, isMainFrame: false }, isOurWindow: true }],
  ['other_origin', { frame: { ...frame, url: 'about:blank' }, isOurWindow: true }],
  ['other_origin', { frame: { ...frame, url: 'data:text/html,x' }, isOurWindow: true }],
])('a sender is refused: %s', (why, sender) => {
  expect(senderRefusal(sender)).toBe(why)
})

test('the main frame of our window on our page is heard', () => {
  expect(senderRefusal({ frame, isOurWindow: true })).toBeNull()
})
