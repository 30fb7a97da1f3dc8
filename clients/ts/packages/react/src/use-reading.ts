import type { ReplicaReading } from '@taskgrid/replica'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { useProvided } from './provider.js'

/**
 * What a function reads of the replica, read anew whenever the replica has changed. The function must stay the same from one render to the
 * next (declare it outside, or use `useCallback`), or it is asked at every render.
 */
export function useReading<T>(select: (reading: ReplicaReading) => T): T {
  const { store } = useProvided().replica
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store])
  const version = useSyncExternalStore(subscribe, () => store.version())
  const read = useMemo(() => ({ version, value: store.read(select) }), [store, select, version])
  return read.value
}
