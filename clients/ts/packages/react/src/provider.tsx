import type { Replica } from '@taskgrid/replica'
import type { ReactNode } from 'react'
import { createContext, useContext, useMemo } from 'react'
import { SyncMonitor } from './sync-monitor.js'

interface Provided {
  readonly replica: Replica
  readonly monitor: SyncMonitor
}

const Context = createContext<Provided | undefined>(undefined)

/** What the components under it work with. */
export interface TaskGridProviderProps {
  readonly replica: Replica
  /** Of the loop that syncs the replica, if there is one. */
  readonly monitor?: SyncMonitor
  readonly children?: ReactNode
}

/** Gives a replica to the components under it. */
export function TaskGridProvider({ replica, monitor, children }: TaskGridProviderProps): ReactNode {
  const provided = useMemo(() => ({ replica, monitor: monitor ?? new SyncMonitor() }), [replica, monitor])
  return <Context value={provided}>{children}</Context>
}

/** What the nearest provider gives. */
export function useProvided(): Provided {
  const provided = useContext(Context)
  if (provided === undefined) throw new Error('no <TaskGridProvider> stands above this component')
  return provided
}
