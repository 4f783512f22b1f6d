import { Checkbox, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SenderId } from '../../../../shared/contract/define.ts'
import { api } from '../../../api.ts'
import { Answer } from '../../../components/Answer.tsx'
import { LinkButton } from '../../../components/links.tsx'
import { useAsk } from '../../../lib/requests.ts'
import type { Draft } from '../use-draft.ts'

/** Where a post goes: the accounts of social networks, which stand in for an audience. */
export function PlacesStep({ draft: { draft, change } }: { readonly draft: Draft }) {
  const { t } = useTranslation()
  const senders = useAsk('senders.list', api.senders.list, {})
  return (
    <Answer to={senders}>
      {answer => {
        const places = answer.senders.filter(sender => sender.channel === 'social')
        if (places.length === 0) {
          return (
            <div>
              <Text mb="sm">{t('wizard.noPlaces')}</Text>
              <LinkButton to="/settings/$tab" params={{ tab: 'accounts' }} variant="default">
                {t('wizard.addPlaces')}
              </LinkButton>
            </div>
          )
        }
        return (
          <Checkbox.Group
            label={t('wizard.places')}
            description={t('wizard.placesSays')}
            value={draft.destinationIds}
            onChange={ids => change({ destinationIds: ids.map(id => SenderId.parse(id)) }, 300)}
          >
            <Stack gap="xs" mt="sm">
              {places.map(place => (
                <Checkbox key={place.id} value={place.id} label={place.name} />
              ))}
            </Stack>
          </Checkbox.Group>
        )
      }}
    </Answer>
  )
}
