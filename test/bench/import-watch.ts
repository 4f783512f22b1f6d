import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { openPlain, type PlainConnection } from './sqlite-connection.ts'

/** An import that is watched from outside, in the file of its workspace. */
export interface ImportWatch {
  /** After its end: how long the job took, and a line that says where the time went. */
  ended(): Promise<{ readonly ms: number; readonly stages: string }>
}

const LOOK_EVERY_MS = 100
const Seen = z.object({
  number: z.number(),
  started_at: z.number().nullable(),
  ended_at: z.number().nullable(),
  cursor: z.string().transform(text => CursorShape.parse(JSON.parse(text))),
})
const CursorShape = z.object({ phase: z.string(), merged: z.number(), rowsRead: z.number(), rejected: z.number() })

/** Watches the next import of the workspace. */
export function watchImport(database: string): ImportWatch {
  const firstSeen = new Map<string, number>()
  let over = false
  let wasThere = 0

  async function look(): Promise<void> {
    const earlier = await newest(database)
    wasThere = earlier?.number ?? 0
    while (!over) {
      const seen = await newest(database)
      if (seen && seen.number > wasThere) {
        const { phase, merged, rowsRead, rejected } = seen.cursor
        const stage = phase === 'merge' && merged >= rowsRead - rejected ? 'indexes' : phase
        if (!firstSeen.has(stage)) firstSeen.set(stage, Date.now())
      }
      await pause(LOOK_EVERY_MS)
    }
  }

  const looking = look()
  return {
    async ended() {
      over = true
      await looking
      const last = await newest(database)
      if (!last || last.started_at === null || last.ended_at === null) throw new Error('The import did not end')
      const end = last.ended_at
      const marks = [
        { stage: 'read and check', at: last.started_at },
        { stage: 'merge', at: firstSeen.get('merge') ?? firstSeen.get('indexes') ?? end },
        { stage: 'indexes', at: firstSeen.get('indexes') ?? firstSeen.get('clear') ?? end },
      ]
      const stages = marks.map(({ stage, at }, index) => {
        const next = marks[index + 1]?.at ?? end
        return `${stage} ${((next - at) / 1000).toFixed(1)} s`
      })
      return { ms: end - last.started_at, stages: stages.join(', ') }
    },
  }
}

async function newest(database: string): Promise<z.infer<typeof Seen> | null> {
  let connection: PlainConnection | null = null
  try {
    connection = await openPlain(database, 'readonly')
    const [row] = await connection.all(
      'select number, started_at, ended_at, cursor from imports order by number desc limit 1',
    )
    return row === undefined ? null : Seen.parse(row)
  } catch {
    // The workspace is being made.
    return null
  } finally {
    await connection?.close()
  }
}
