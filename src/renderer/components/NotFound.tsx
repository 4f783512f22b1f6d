import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from './EmptyState.tsx'
import { LinkButton } from './links.tsx'

/** Stands at an address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={Compass}
      title={t('common.unknownPlace')}
      says={t('common.unknownPlaceSays')}
      action={<LinkButton to="/">{t('common.goHome')}</LinkButton>}
    />
  )
}
