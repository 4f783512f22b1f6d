import type { ImportId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { RejectedTable } from '../../components/imports/RejectedTable.tsx'
import { useAsk } from '../../lib/requests.ts'

const SHOWN = 100

/** The rejected rows of an import of contacts. */
export function RejectedRows({ id }: { readonly id: ImportId }) {
  const rejects = useAsk('imports.rejects', api.imports.rejects, { id, limit: SHOWN })
  return <Answer to={rejects}>{found => <RejectedTable {...found} />}</Answer>
}
