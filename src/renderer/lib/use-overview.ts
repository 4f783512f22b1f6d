import type { Overview } from '../../shared/contract/workspace.ts'
import type { Permission } from '../../shared/domain/permissions.ts'
import { api } from '../api.ts'
import { useAsk } from './requests.ts'

/** What every page knows of the workspace and of the acting member; undefined until it is there. */
export function useOverview(): Overview | undefined {
  return useAsk('workspace.overview', api.workspace.overview, {}).data
}

/** Whether the acting member may do something. The application checks again; this only decides what is offered. */
export function useMay(permission: Permission): boolean {
  return useOverview()?.permissions.includes(permission) ?? false
}
