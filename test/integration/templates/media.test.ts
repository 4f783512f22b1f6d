import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../support/create-test-app.ts'

async function upload({ app }: TestApp, name: string, bytes = 10): Promise<string> {
  return (await app.files.receive(name, Readable.from([Buffer.alloc(bytes)]), 2 ** 30)).token
}

test('keeps a file for e-mails under its own name, and forgets it again', async () => {
  await using world = await createTestApp({ start: false })
  const { media } = world.client
  const added = await media.add({ token: await upload(world, 'Report.PDF') })
  expect(added).toMatchObject({ name: 'Report.PDF', type: 'application/pdf', bytes: 10 })
  expect((await media.list({})).media).toEqual([added])
  await media.remove({ id: added.id })
  expect((await media.list({})).media).toEqual([])
  expect(existsSync(join(world.folder, 'media', added.id))).toBe(false)
})

test('refuses what mail servers refuse, and what is too large', async () => {
  await using world = await createTestApp({ start: false })
  const { media } = world.client
  for (const name of ['setup.exe', 'photo.jpg.js', 'a.VBS']) {
    await expect(media.add({ token: await upload(world, name) })).rejects.toMatchObject({ code: 'invalid_input' })
  }
  const large = await upload(world, 'film.mp4', 10 * 2 ** 20 + 1)
  await expect(media.add({ token: large })).rejects.toMatchObject({ code: 'invalid_input' })
})

test('keeps a file that a template uses', async () => {
  await using world = await createTestApp({ start: false })
  const { media, templates } = world.client
  const { id } = await media.add({ token: await upload(world, 'logo.png') })
  await templates.create({
    name: 'With a logo',
    category: '',
    content: {
      channel: 'email',
      subject: 'Hi',
      preheader: '',
      html: `<img src="cid:${id}" alt="Logo">`,
      text: '',
      attachments: [{ mediaId: id, name: '', inline: true }],
    },
  })
  await expect(media.remove({ id })).rejects.toMatchObject({ code: 'conflict' })
})
