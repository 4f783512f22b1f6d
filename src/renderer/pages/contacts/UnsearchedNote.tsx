import { Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import classes from './ContactsPage.module.css'

/** Says that an answer is not complete yet. Takes no room when it is. */
export function UnsearchedNote({ count }: { readonly count: number }) {
  const { t } = useTranslation()
  return (
    <div role="status">
      {count > 0 ? (
        <p className={classes.note}>
          <Hourglass size={14} aria-hidden />
          {t('contacts.unsearched', { count })}
        </p>
      ) : null}
    </div>
  )
}
