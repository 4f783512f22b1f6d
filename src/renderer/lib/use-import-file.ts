import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { uploadFile } from '../api.ts'
import { useReport } from './report.ts'

/** Hands a file over and goes to the page that shows what is in it. */
export function useImportFile(): { readonly busy: boolean; readonly take: (file: File) => void } {
  const navigate = useNavigate()
  const report = useReport()
  const upload = useMutation({
    mutationFn: uploadFile,
    onSuccess: uploaded => navigate({ to: '/imports/new', search: { token: uploaded.token } }),
    onError: error => report.failed(error),
  })
  return { busy: upload.isPending, take: file => upload.mutate(file) }
}
