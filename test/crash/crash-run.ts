import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Judgement, judge } from './judge.ts'
import { killAt, type Moment } from './moments.ts'
import { startSinkProcess, startWorker, verifyWorkspace } from './processes.ts'
import { readMessages, readStanding } from './read-ledger.ts'
import { addHttpAccount, launchAnother, prepareWorkspace, resumeCampaigns } from './workspace.ts'

/** What a crash run found. */
export interface CrashResult extends Judgement {
  readonly kills: number
  readonly recipients: number
  readonly campaigns: number
  readonly atSinkByHttp: number
  readonly lost: number
  readonly duplicated: number
  readonly mostInDoubtByOneKill: number
  readonly killsWhileStarting: number
  readonly killsWhileSending: number
  readonly killsWhilePausing: number
  readonly killsWhileResuming: number
  readonly seconds: number
}

const CONNECTIONS = 20
const BODY = {
  html: '<p>Hello {{first_name}}</p><p>{{postal_address}} <a href="{{unsubscribe_url}}">Unsubscribe</a></p>',
  text: 'Hello {{first_name}}. {{postal_address}} Unsubscribe: {{unsubscribe_url}}',
}

/**
 * Sends campaigns through the built application, by SMTP and by an HTTP provider in turn, kills the application with SIGKILL at random moments (starting,
 * recovering, planning, sending, pausing, resuming), lets it go on each time, and throws unless nobody was lost, nothing was
 * sent twice, everything in doubt is listed, and the ledger holds after every kill.
 */
export async function runCrash(options: {
  readonly kills: number
  readonly recipients?: number
}): Promise<CrashResult> {
  const { kills } = options
  const recipients = options.recipients ?? 20_000
  // Each plan is a chance to be killed in; a campaign of fewer than 1,000 is planned in one go.
  const campaigns = Math.max(1, Math.min(10, Math.floor(kills / 10), Math.floor(recipients / 1000)))
  const people = Math.floor(recipients / campaigns)
  const began = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'tidings-crash-'))
  const workspace = join(folder, 'workspace')
  const smtp = await startSinkProcess(join(folder, 'smtp.txt'))
  const http = await startSinkProcess(join(folder, 'http.txt'), 'http')
  const sink = {
    count: () => smtp.count() + http.count(),
    records: () => [...smtp.records(), ...http.records()],
  }
  const moments: Record<Moment, number> = { starting: 0, sending: 0, pausing: 0, resuming: 0 }
  try {
    const first = await prepareWorkspace({
      ...{ folder: workspace, recipients: people, port: smtp.port, connections: CONNECTIONS, ...BODY },
    })
    await addHttpAccount(workspace, http.port, CONNECTIONS)
    let newest = first.campaignId
    let launched = 1
    let launchedAt = 0
    let most = 0
    for (let kill = 1; kill <= kills; kill++) {
      const before = await readStanding(workspace)
      if (launched < campaigns && kill - 1 >= (launched * kills) / campaigns) {
        newest = (
          await launchAnother({ folder: workspace, recipients: people, ...BODY }, launched % 2 === 0 ? 'smtp' : 'http')
        ).campaignId
        launched += 1
        launchedAt = kill
      }
      const moment = momentOf(before.paused.length > 0, kill - launchedAt)
      moments[moment] += 1
      const nextLaunch = launched < campaigns ? Math.ceil((launched * kills) / campaigns) : kills
      const share = Math.max(0, (launched * people - before.over) / (nextLaunch - kill + 2))
      const worker = await startWorker(workspace, 'killed')
      await killAt(moment, { workspace, sink, worker, share, campaignId: before.paused[0] ?? newest })
      await verifyWorkspace(workspace, `after kill ${kill}, while ${moment}`)
      const after = await readStanding(workspace)
      most = Math.max(most, after.doubtful, after.unknown - before.unknown - before.doubtful)
      if (most > 2 * CONNECTIONS) {
        throw new Error(`one kill left ${most} in doubt; two accounts have ${CONNECTIONS} connections each`)
      }
      if (kill % 10 === 0 || kill === kills) {
        say(
          `kill ${kill}/${kills}: ${sink.count()} at the sink, ${after.unknown + after.doubtful} in doubt, ${Math.round((performance.now() - began) / kill)} ms each`,
        )
      }
    }
    await finish(workspace)
    await verifyWorkspace(workspace, 'at the end')
    const messages = people * campaigns
    const found = judge(await readMessages(workspace), sink.records(), { messages, campaigns })
    return {
      ...{ kills, recipients: messages, campaigns, lost: 0, duplicated: 0, ...found, atSinkByHttp: http.count() },
      mostInDoubtByOneKill: most,
      killsWhileStarting: moments.starting,
      killsWhileSending: moments.sending,
      killsWhilePausing: moments.pausing,
      killsWhileResuming: moments.resuming,
      seconds: Math.round((performance.now() - began) / 1000),
    }
  } finally {
    await smtp.stop()
    await http.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A campaign that was just launched is mostly hit while it is planned; one that is paused must go on some time. */
function momentOf(isPaused: boolean, sinceLaunch: number): Moment {
  const chance = Math.random()
  if (sinceLaunch <= 2) return chance < 0.7 ? 'starting' : 'sending'
  if (isPaused) return chance < 0.7 ? 'resuming' : 'starting'
  if (chance < 0.1) return 'pausing'
  return chance < 0.25 ? 'starting' : 'sending'
}

/** Lets everything go on to its end. */
async function finish(workspace: string): Promise<void> {
  const { paused } = await readStanding(workspace)
  if (paused.length > 0) await resumeCampaigns(workspace, paused)
  const worker = await startWorker(workspace)
  const code = await worker.ended
  if (code !== 0) throw new Error(`the last run ended with ${code}: ${worker.errors()}`)
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
