import { Button, Group, Menu, Select, Table, Tabs, Text, Title } from '@mantine/core'
import { ChevronDown, UserRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PracticeBehaviour } from '../../../shared/contract/practice.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { Time } from '../../components/Figures.tsx'
import panes from '../../components/ListAndPane.module.css'
import { PreviewFrame } from '../../components/preview/PreviewFrame.tsx'
import { PlainText } from '../../components/preview/RenderedPreview.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import classes from './PracticePage.module.css'

type Part = 'html' | 'text' | 'headers' | 'source'

/** One captured message: as its recipient sees it, its text, its headers and its source. */
export function ReadingPane(props: { readonly id: string; readonly mayManage: boolean }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [chosen, setChosen] = useState<string | null>(null)
  const mail = useAsk('practice.open', api.practice.open, { id: props.id })
  return (
    <section className={panes.pane} aria-label={t('practice.html')}>
      <Answer to={mail}>
        {({ row, headers, html, text, source, bytes }) => {
          const parts: readonly Part[] =
            row.channel === 'email' ? ['html', 'text', 'headers', 'source'] : ['text', 'source']
          return (
            <>
              <Group justify="space-between" align="flex-start" gap="md" mb="sm">
                <div style={{ minWidth: 0, flex: 1 }}>
                  <Title order={2} style={{ overflowWrap: 'anywhere' }}>
                    {row.subject || t(`common.channel_${row.channel}`)}
                  </Title>
                  <Text fz="xs" c="dimmed" component="div">
                    {t('practice.from')} {row.from} · {t('practice.to')} {row.to} · <Time at={row.receivedAt} /> ·{' '}
                    {formats.bytes(bytes)}
                  </Text>
                </div>
                {props.mayManage ? <ActAsRecipient id={row.id} isEmail={row.channel === 'email'} /> : null}
              </Group>
              {props.mayManage ? <Behaviour address={row.to} /> : null}
              <Tabs
                className={classes.tabs ?? ''}
                value={chosen ?? (html === null ? 'text' : 'html')}
                onChange={setChosen}
                keepMounted={false}
              >
                <Tabs.List aria-label={t('practice.parts')} mb="sm">
                  {parts.map(part => (
                    <Tabs.Tab key={part} value={part}>
                      {t(`practice.${part}`)}
                    </Tabs.Tab>
                  ))}
                </Tabs.List>
                <Tabs.Panel value="html" className={classes.panel ?? ''}>
                  {html === null ? (
                    <Text c="dimmed">{t('practice.noHtml')}</Text>
                  ) : (
                    <PreviewFrame html={html} title={t('practice.frame', { to: row.to })} />
                  )}
                </Tabs.Panel>
                <Tabs.Panel value="text" className={classes.panel ?? ''}>
                  <PlainText text={text} label={t('practice.text')} />
                </Tabs.Panel>
                <Tabs.Panel value="headers" className={classes.panel ?? ''} style={{ overflow: 'auto' }}>
                  <Table verticalSpacing={3} aria-label={t('practice.headers')}>
                    <Table.Tbody>
                      {headers.map((header, at) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat; their place is their identity
                        <Table.Tr key={at}>
                          <Table.Th scope="row">{header.name}</Table.Th>
                          <Table.Td style={{ overflowWrap: 'anywhere' }}>{header.value}</Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                </Tabs.Panel>
                <Tabs.Panel value="source" className={classes.panel ?? ''}>
                  <PlainText text={source} label={t('practice.source')} />
                </Tabs.Panel>
              </Tabs>
            </>
          )
        }}
      </Answer>
    </section>
  )
}

function ActAsRecipient(props: { readonly id: string; readonly isEmail: boolean }) {
  const { t } = useTranslation()
  const report = useReport()
  const words = {
    open: t('practice.didOpen'),
    click: t('practice.didClick'),
    unsubscribe: t('practice.didUnsubscribe'),
  }
  const act = useAct('practice.act', api.practice.act, { onDone: (_, { action }) => report.done(words[action]) })
  const actions = props.isEmail ? (['open', 'click', 'unsubscribe'] as const) : (['click', 'unsubscribe'] as const)
  return (
    <Menu position="bottom-end" shadow="md" width={220}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<UserRound size={14} />}
          rightSection={<ChevronDown size={13} />}
          loading={act.isPending}
        >
          {t('practice.act')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(action => (
          <Menu.Item key={action} onClick={() => act.mutate({ id: props.id, action })}>
            {t(`practice.${action}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Behaviour({ address }: { readonly address: string }) {
  const { t } = useTranslation()
  const rules = useAsk('practice.rules', api.practice.rules, {})
  const setRule = useAct('practice.setRule', api.practice.setRule)
  const rule = rules.data?.rules.find(one => one.address.toLowerCase() === address.toLowerCase())
  return (
    <Group gap="sm" mb="sm">
      <Text fz="xs" c="dimmed">
        {t('practice.behaves')}
      </Text>
      <Select
        size="xs"
        w={260}
        aria-label={t('practice.behaviourOf', { address })}
        allowDeselect={false}
        value={rule?.behaviour ?? ''}
        data={[
          { value: '', label: t('practice.byFallback') },
          ...PracticeBehaviour.options.map(one => ({ value: one, label: t(`practice.behaviour.${one}`) })),
        ]}
        onChange={value => setRule.mutate({ address, behaviour: value ? PracticeBehaviour.parse(value) : null })}
      />
    </Group>
  )
}
