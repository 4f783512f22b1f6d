import { z } from 'zod'
import { Channel, ContactId, Count, command, Done, Instant, Line, Nothing, query, TemplateId } from './define.ts'
import { MessageContent, RenderedMessage } from './message-content.ts'

export const Template = z.object({
  id: TemplateId,
  channel: Channel,
  name: z.string(),
  category: z.string(),
  content: MessageContent,
  version: Count,
  usedBy: Count.describe('Campaigns that use it'),
  createdAt: Instant,
  updatedAt: Instant,
  archivedAt: Instant.nullable(),
})
export type Template = z.infer<typeof Template>
export const TemplateRow = Template.omit({ content: true }).extend({
  summary: z.string().describe('Subject, or first words'),
})
export type TemplateRow = z.infer<typeof TemplateRow>

/** Something wrong or doubtful in a template. Lines and columns count from 1. */
export const TemplateProblem = z.object({
  part: z.enum(['subject', 'preheader', 'html', 'text', 'header', 'button', 'link', 'media']),
  severity: z.enum(['error', 'warning', 'info']),
  line: Count,
  column: Count,
  message: z.string(),
})
export type TemplateProblem = z.infer<typeof TemplateProblem>

/** A value that templates can use. */
export const MergeField = z.object({
  name: z.string().describe('As written in a template, without braces'),
  label: z.string(),
  group: z.enum(['contact', 'custom', 'sender', 'campaign']),
  aliases: z.array(z.string()),
  example: z.string(),
})
export type MergeField = z.infer<typeof MergeField>

export const templates = {
  list: query(
    'The library',
    z.object({
      channel: Channel.nullable().default(null),
      search: z.string().max(200).default(''),
      archived: z.boolean().default(false),
    }),
    z.object({ rows: z.array(TemplateRow) }),
  ),
  get: query('One template', z.object({ id: TemplateId }), Template),
  create: command(
    'Makes a template',
    'templates.edit',
    z.object({ name: Line(200).min(1), category: Line(100).default(''), content: MessageContent }),
    Template,
  ),
  save: command(
    'Saves a template as its next version; refused when somebody saved in between',
    'templates.edit',
    z.object({ id: TemplateId, version: Count, name: Line(200).min(1), category: Line(100), content: MessageContent }),
    Template,
  ),
  duplicate: command('Copies a template', 'templates.edit', z.object({ id: TemplateId }), Template),
  archive: command(
    'Puts a template away, or takes it back',
    'templates.edit',
    z.object({ id: TemplateId, archived: z.boolean() }),
    Template,
  ),
  remove: command('Deletes a template that no campaign uses', 'templates.edit', z.object({ id: TemplateId }), Done),
  check: query(
    'Finds what is wrong in a template, with line and column',
    z.object({ content: MessageContent }),
    z.object({ problems: z.array(TemplateProblem), fields: z.array(z.string()) }),
  ),
  preview: query(
    'Renders a template for a contact, or for a made-up one',
    z.object({
      content: MessageContent,
      contactId: ContactId.nullable().default(null),
      fallbacks: z.record(z.string(), z.string()).default({}),
    }),
    z.object({ contactName: z.string(), message: RenderedMessage.nullable(), problems: z.array(TemplateProblem) }),
  ),
  fields: query(
    'What templates can use',
    Nothing,
    z.object({
      fields: z.array(MergeField),
      helpers: z.array(z.object({ name: z.string(), says: z.string(), example: z.string() })),
    }),
  ),
  starters: query(
    'Templates to begin with',
    z.object({ channel: Channel }),
    z.object({
      starters: z.array(z.object({ key: z.string(), name: z.string(), says: z.string(), content: MessageContent })),
    }),
  ),
}
