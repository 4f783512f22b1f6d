import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Template } from '../../../shared/contract/templates.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { useAsk } from '../../lib/requests.ts'
import { TemplateForm } from './TemplateForm.tsx'

/** One template: the editor beside its preview. */
export function TemplatePage() {
  const { id } = useParams({ from: '/templates/$id' })
  const template = useAsk('templates.get', api.templates.get, { id })
  return <Answer to={template}>{answer => <Opened key={answer.id} template={answer} />}</Answer>
}

// What is being written stays when somebody else's version arrives; only an explicit wish replaces it.
function Opened({ template }: { readonly template: Template }) {
  const [opened, setOpened] = useState({ template, round: 0 })
  return (
    <TemplateForm
      key={opened.round}
      template={opened.template}
      onReload={fresh => setOpened({ template: fresh, round: opened.round + 1 })}
    />
  )
}
