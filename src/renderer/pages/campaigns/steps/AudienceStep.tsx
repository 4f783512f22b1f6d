import { Button, MultiSelect, Radio, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { Audience } from '../../../../shared/contract/campaigns.ts'
import { ListId, TagId } from '../../../../shared/contract/define.ts'
import { api } from '../../../api.ts'
import { Answer } from '../../../components/Answer.tsx'
import { useAsk } from '../../../lib/requests.ts'
import { useFormats } from '../../../lib/use-formats.ts'
import type { Draft } from '../use-draft.ts'
import classes from '../Wizard.module.css'

// The rail counts what is saved, so a choice is saved quickly.
const COUNT_SOON_MS = 300
const ListIds = z.array(ListId)
const TagIds = z.array(TagId)

/** Everyone, or lists and tags; minus lists and tags that are left out. */
export function AudienceStep({ draft: { draft, change } }: { readonly draft: Draft }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const facets = useAsk('contacts.facets', api.contacts.facets, {})
  const { audience } = draft
  const set = (part: Partial<Audience>): void => change({ audience: { ...audience, ...part } }, COUNT_SOON_MS)
  return (
    <Answer to={facets}>
      {({ total, lists, tags }) => {
        const listChoices = lists.map(list => ({
          value: list.id,
          label: `${list.name} (${formats.number(list.count)})`,
        }))
        const tagChoices = tags.map(tag => ({ value: tag.id, label: `${tag.name} (${formats.number(tag.count)})` }))
        return (
          <Stack gap="lg" className={classes.form ?? ''}>
            {total === 0 ? (
              <div>
                <Text mb="sm">{t('wizard.noFacets')}</Text>
                <Button component={Link} to="/imports" variant="default">
                  {t('wizard.import')}
                </Button>
              </div>
            ) : null}
            <Radio.Group
              label={t('wizard.whom')}
              value={audience.everyone ? 'everyone' : 'some'}
              onChange={value => set({ everyone: value === 'everyone' })}
            >
              <Stack gap="xs" mt={6}>
                <Radio value="everyone" label={t('wizard.everyone', { total: formats.number(total) })} />
                <Radio value="some" label={t('wizard.some')} />
              </Stack>
            </Radio.Group>
            {audience.everyone ? null : (
              <>
                <MultiSelect
                  label={t('wizard.lists')}
                  placeholder={audience.listIds.length === 0 ? t('wizard.chooseLists') : ''}
                  searchable
                  clearable
                  data={listChoices}
                  value={[...audience.listIds]}
                  onChange={ids => set({ listIds: ListIds.parse(ids) })}
                />
                <MultiSelect
                  label={t('wizard.tags')}
                  placeholder={audience.tagIds.length === 0 ? t('wizard.chooseTags') : ''}
                  searchable
                  clearable
                  data={tagChoices}
                  value={[...audience.tagIds]}
                  onChange={ids => set({ tagIds: TagIds.parse(ids) })}
                />
              </>
            )}
            <Title order={2} fz="sm">
              {t('wizard.without')}
            </Title>
            <MultiSelect
              label={t('wizard.withoutLists')}
              placeholder={audience.excludeListIds.length === 0 ? t('wizard.chooseLists') : ''}
              searchable
              clearable
              data={listChoices}
              value={[...audience.excludeListIds]}
              onChange={ids => set({ excludeListIds: ListIds.parse(ids) })}
            />
            <MultiSelect
              label={t('wizard.withoutTags')}
              placeholder={audience.excludeTagIds.length === 0 ? t('wizard.chooseTags') : ''}
              searchable
              clearable
              data={tagChoices}
              value={[...audience.excludeTagIds]}
              onChange={ids => set({ excludeTagIds: TagIds.parse(ids) })}
            />
          </Stack>
        )
      }}
    </Answer>
  )
}
