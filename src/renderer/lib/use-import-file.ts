import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { uploadFile } from '../api.ts'
import type { ImportedRows } from './dropped-rows.ts'
import { useReport } from './report.ts'

/** Hands a file over and goes to the page that shows what is in it. */
export function useImportFile(rows: ImportedRows = 'contacts'): {
  readonly busy: boolean
  readonly take: (file: File) => void
} {
  const navigate = useNavigate()
  const report = useReport()
  const upload = useMutation({
    mutationFn: uploadFile,
    onSuccess: ({ token }) =>
      rows === 'orders'
        ? navigate({ to: '/orders/import', search: { token } })
        : navigate({ to: '/imports/new', search: { token } }),
    onError: error => report.failed(error),
  })
  return { busy: upload.isPending, take: file => upload.mutate(file) }
}
