import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { EmailAttachment, MessageContent } from '../../../shared/contract/message-content.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import { type Reader, transaction } from '../../storage/transaction.ts'
import { mediaStore, type StoredMedia } from './media-store.ts'
import { MOST_FILE_BYTES, MOST_MESSAGE_BYTES, mediaType } from './media-type.ts'

/** A file that goes with an e-mail, found. */
export interface AttachedFile {
  readonly mediaId: string
  readonly name: string
  readonly type: string
  readonly inline: boolean
  readonly path: string
  readonly bytes: number
}

/** The files of a workspace that go with e-mails. */
export interface MediaLibrary {
  /** The files of a message. Fails with AppError when one is gone, or when they are too large together. */
  attached(reader: Reader, content: MessageContent): Promise<readonly AttachedFile[]>
  readonly handlers: Handlers<(typeof contract)['media']>
}

/** Files below `folder`/media; the name is kept in the table and never becomes a path. */
export function createMediaLibrary(
  parts: DomainParts & { readonly accounts: Accounts; readonly folder: string },
): MediaLibrary {
  const { kernel, storage, accounts, files } = parts
  const place = (id: string): string => join(parts.folder, 'media', id)
  const changed = (): void => kernel.events.publish({ kind: 'changed', entity: 'template', ids: [] })

  return {
    async attached(reader, content) {
      const wanted: readonly EmailAttachment[] = content.channel === 'email' ? (content.attachments ?? []) : []
      const known = await mediaStore.find(
        reader,
        wanted.map(one => one.mediaId),
      )
      const found = wanted.map(({ mediaId, name, inline }) => {
        const media = known.get(mediaId)
        if (!media) throw new AppError('not_found', `The attached file “${name}” is no longer there. Attach it again.`)
        return { mediaId, name: name || media.name, type: media.type, inline, path: place(mediaId), bytes: media.bytes }
      })
      if (found.reduce((sum, one) => sum + one.bytes, 0) > MOST_MESSAGE_BYTES) {
        throw new AppError('invalid_input', 'The files of the message are larger than 15 MB together. Take one out.')
      }
      return found
    },

    handlers: {
      list: async () => ({ media: [...(await mediaStore.list(storage.reader))] }),

      async add({ token, name }, { actor }) {
        const file = await files.find(token)
        const media = readMedia(name.trim() || file.name, file.bytes, kernel.ids.next(), kernel.clock.now())
        await mkdir(join(parts.folder, 'media'), { recursive: true, mode: 0o700 })
        await copyFile(file.path, place(media.id))
        await transaction(
          storage.db,
          async tx => {
            await mediaStore.insert(tx, media)
            const data = { bytes: media.bytes, type: media.type }
            await accounts.audit(tx, {
              actor: actor.id,
              action: 'media.added',
              entity: 'media',
              entityId: media.id,
              data,
            })
          },
          { name: 'media.add' },
        )
        changed()
        return media
      },

      async remove({ id }, { actor }) {
        if (!(await mediaStore.find(storage.reader, [id])).has(id)) throw notFound('file', id)
        await transaction(
          storage.db,
          async tx => {
            const uses = await mediaStore.uses(tx, id)
            if (uses.length > 0) {
              const names = uses.map(name => `“${name}”`).join(', ')
              throw new AppError('conflict', `The file is used by ${names}. Take it out there first.`, { id })
            }
            await mediaStore.remove(tx, id)
            await accounts.audit(tx, {
              actor: actor.id,
              action: 'media.removed',
              entity: 'media',
              entityId: id,
              data: {},
            })
          },
          { name: 'media.remove' },
        )
        await rm(place(id), { force: true })
        changed()
        return { done: true }
      },
    },
  }
}

function readMedia(name: string, bytes: number, id: string, createdAt: number): StoredMedia {
  const type = mediaType(name)
  if (type === null) {
    throw new AppError('invalid_input', 'Mail servers refuse files of this kind. Put it on a page and link to it.', {
      field: 'token',
    })
  }
  if (bytes > MOST_FILE_BYTES) {
    throw new AppError('invalid_input', 'The file is larger than 10 MB. Put it on a page and link to it.', {
      field: 'token',
    })
  }
  return { id, name, type, bytes, createdAt }
}
