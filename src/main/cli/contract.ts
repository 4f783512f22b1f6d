import {
  type AnyContractRouter,
  type AnySchema,
  getEventIteratorSchemaDetails,
  isContractProcedure,
} from '@orpc/contract'
import { z } from 'zod'
import type { RequestMeta } from '../../shared/contract/define.ts'
import { contract } from '../../shared/contract/index.ts'
import { readArguments } from './arguments.ts'
import { say } from './output.ts'

/** One request as `tidings contract` lists it. */
export interface DescribedRequest {
  readonly name: string
  readonly kind: RequestMeta['kind']
  readonly says: string
  /** The permission that it needs; null where every member may ask. */
  readonly needs: string | null
  readonly input: unknown
  /** For a stream, of one event. */
  readonly output: unknown
}

/** `tidings contract`: every request, as one JSON array. */
export async function contractCommand(args: readonly string[]): Promise<number> {
  readArguments(args, {}, 0)
  say(JSON.stringify(describeContract(), null, 2))
  return 0
}

/** Every request of the contract in its order, with JSON Schema (draft 2020-12) of what goes in and what comes out. */
export function describeContract(): readonly DescribedRequest[] {
  return described(contract, [])
}

function described(router: AnyContractRouter, path: readonly string[]): readonly DescribedRequest[] {
  if (!isContractProcedure(router)) {
    return Object.entries(router).flatMap(([name, next]) => described(next, [...path, name]))
  }
  const { meta, inputSchema, outputSchema } = router['~orpc']
  const { kind, says, needs }: RequestMeta = meta
  const output = getEventIteratorSchemaDetails(outputSchema)?.yields ?? outputSchema
  return [
    {
      name: path.join('.'),
      kind,
      says,
      needs: needs ?? null,
      input: schemaOf(inputSchema, 'input'),
      output: schemaOf(output, 'output'),
    },
  ]
}

function schemaOf(schema: AnySchema | undefined, io: 'input' | 'output'): unknown {
  if (!(schema instanceof z.ZodType)) throw new Error('The contract has a schema that is not zod')
  return z.toJSONSchema(schema, { io })
}
