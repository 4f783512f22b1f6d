import { oc } from '@orpc/contract'
import { z } from 'zod'
import { CHANNELS, PERSON_CHANNELS } from '../domain/channels.ts'
import type { Permission } from '../domain/permissions.ts'

/** What the router knows of a request besides its shapes. */
export interface RequestMeta {
  readonly kind: 'query' | 'command' | 'stream'
  /** The permission that the acting member needs; absent where every member may ask. */
  readonly needs?: Permission
  /** One line for people who read `tidings contract`. */
  readonly says: string
}

const base = oc.$meta<RequestMeta>({ kind: 'query', says: '' })

/** Asks without changing anything. */
export function query<I extends z.ZodType, O extends z.ZodType>(says: string, input: I, output: O) {
  return base.meta({ kind: 'query', says }).input(input).output(output)
}

/** Changes something; needs a permission. `null` means that every member may. */
export function command<I extends z.ZodType, O extends z.ZodType>(
  says: string,
  needs: Permission | null,
  input: I,
  output: O,
) {
  return base
    .meta(needs ? { kind: 'command', needs, says } : { kind: 'command', says })
    .input(input)
    .output(output)
}

/** A request without input. */
export const Nothing = z.object({})
/** A command whose only answer is that it was done. */
export const Done = z.object({ done: z.literal(true) })

const id = () => z.string().min(1).max(64)
export const ContactId = id().brand<'ContactId'>()
export type ContactId = z.infer<typeof ContactId>
export const ListId = id().brand<'ListId'>()
export type ListId = z.infer<typeof ListId>
export const TagId = id().brand<'TagId'>()
export type TagId = z.infer<typeof TagId>
export const SegmentId = id().brand<'SegmentId'>()
export type SegmentId = z.infer<typeof SegmentId>
export const TemplateId = id().brand<'TemplateId'>()
export type TemplateId = z.infer<typeof TemplateId>
export const CampaignId = id().brand<'CampaignId'>()
export type CampaignId = z.infer<typeof CampaignId>
export const ApprovalId = id().brand<'ApprovalId'>()
export type ApprovalId = z.infer<typeof ApprovalId>
export const MessageId = id().brand<'MessageId'>()
export type MessageId = z.infer<typeof MessageId>
export const SenderId = id().brand<'SenderId'>()
export type SenderId = z.infer<typeof SenderId>
export const MemberId = id().brand<'MemberId'>()
export type MemberId = z.infer<typeof MemberId>
export const ImportId = id().brand<'ImportId'>()
export type ImportId = z.infer<typeof ImportId>
export const ChangeId = id().brand<'ChangeId'>()
export type ChangeId = z.infer<typeof ChangeId>
export const JobId = id().brand<'JobId'>()
export type JobId = z.infer<typeof JobId>

/** Epoch milliseconds UTC. */
export const Instant = z.number().int().min(0).max(8.64e15).describe('Epoch milliseconds UTC')
/** How many; never negative. */
export const Count = z.number().int().min(0)
/** The channels that messages leave by. */
export const Channel = z.enum(CHANNELS)
export type Channel = z.infer<typeof Channel>
/** The channels that reach a person: consent and suppression are kept for each. */
export const PersonChannel = z.enum(PERSON_CHANNELS)
export type PersonChannel = z.infer<typeof PersonChannel>
/** A token that the host gave for a file that was handed over (POST /files), or that it will serve (GET /files/TOKEN). */
export const FileToken = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/)
/** Rows of a table: where to begin and how many. */
export const Page = z.object({ offset: Count.default(0), limit: z.number().int().min(1).max(1000).default(100) })
/** A text of one line. */
export const Line = (most: number) =>
  z
    .string()
    .max(most)
    .refine(text => !/[\r\n\0]/.test(text), 'must be one line')
/** A file that can be fetched once from GET /files/TOKEN. */
export const Download = z.object({ token: FileToken, fileName: z.string(), bytes: Count })
