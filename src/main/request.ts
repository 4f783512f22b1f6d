import type { AnySchema, ContractProcedure, ErrorMap, InferSchemaInput, InferSchemaOutput } from '@orpc/contract'
import type { RequestMeta } from '../shared/contract/define.ts'
import type { Permission, Role } from '../shared/domain/permissions.ts'

/** What a handler knows of the request it answers. */
export interface RequestContext {
  /** The member on whose behalf it is made. */
  readonly actor: Actor
  readonly requestId: string
  /** Ends when the caller stops waiting. */
  readonly signal: AbortSignal | undefined
}

export interface Actor {
  readonly id: string
  readonly name: string
  readonly role: Role
  can(permission: Permission): boolean
}

/** The handlers of one domain: the parsed input goes in, what comes out is parsed again before it leaves. */
export type Handlers<D> = {
  [M in keyof D]: D[M] extends ContractProcedure<
    infer I extends AnySchema,
    infer O extends AnySchema,
    ErrorMap,
    RequestMeta
  >
    ? (input: InferSchemaOutput<I>, context: RequestContext) => Promise<InferSchemaInput<O>>
    : never
}
