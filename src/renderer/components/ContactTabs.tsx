import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './ContactTabs.module.css'

/** The pages of the section Contacts: everybody, imports, orders, suppressions. */
export function ContactTabs() {
  const { t } = useTranslation()
  const tab = { className: classes.tab ?? '', activeOptions: { exact: true, includeSearch: false } }
  return (
    <nav aria-label={t('shell.contactPages')} className={classes.tabs}>
      <Link to="/contacts" {...tab}>
        {t('contacts.everybody')}
      </Link>
      <Link to="/imports" {...tab}>
        {t('shell.imports')}
      </Link>
      <Link to="/orders/import" {...tab}>
        {t('orders.tab')}
      </Link>
      <Link to="/duplicates" {...tab}>
        {t('duplicates.tab')}
      </Link>
      <Link to="/suppressions" {...tab}>
        {t('shell.suppressions')}
      </Link>
    </nav>
  )
}
