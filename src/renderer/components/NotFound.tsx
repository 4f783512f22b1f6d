import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from './EmptyState.tsx'

/** Stands at an address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={Compass}
      title={t('common.unknownPlace')}
      says={t('common.unknownPlaceSays')}
      action={
        <Button component={Link} to="/">
          {t('common.goHome')}
        </Button>
      }
    />
  )
}
