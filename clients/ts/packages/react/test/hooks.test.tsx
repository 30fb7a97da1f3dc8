// @vitest-environment jsdom
import { readFilter } from '@taskgrid/kernel'
import { SyncMonitor, TaskGridProvider, useDurability, useIsPending, useMembers, useRejected, useSyncStatus, useTask, useTasks, useUnsent } from '@taskgrid/react'
import type { Replica } from '@taskgrid/replica'
import { newId } from '@taskgrid/replica'
import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { describe, expect, test } from 'vitest'
import { World } from '../../../testing/world.js'

function providing(replica: Replica, monitor = new SyncMonitor()): ({ children }: { readonly children: ReactNode }) => ReactNode {
  return function Providing({ children }) {
    return <TaskGridProvider replica={replica} monitor={monitor}>{children}</TaskGridProvider>
  }
}

describe('hooks', () => {
  test('a task is shown as it is written, pending first, then confirmed', async () => {
    const ana = await new World().deviceOf(newId())
    const task = newId()
    const { result } = renderHook(() => ({ task: useTask(task), pending: useIsPending(task), unsent: useUnsent() }), { wrapper: providing(ana.replica) })
    expect(result.current).toEqual({ task: undefined, pending: false, unsent: 0 })
    await act(() => ana.write({ op: 'create', task, values: { title: 'fence' } }))
    expect(result.current).toMatchObject({ task: { title: 'fence' }, pending: true, unsent: 1 })
  })

  test('a list follows its filter and what is written, and is the same while nothing changes', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const reading = readFilter('status = todo')
    if ('fault' in reading) throw new TypeError(reading.fault)
    const { filter } = reading
    const { result, rerender } = renderHook(() => useTasks({ filter, today: '2026-11-26' }), { wrapper: providing(ana.replica) })
    expect(result.current).toEqual([])
    await act(async () => {
      await ana.write({ op: 'create', task: newId(), values: { title: 'one', status: 'todo' } })
      await ana.write({ op: 'create', task: newId(), values: { title: 'two', status: 'done' } })
    })
    expect(result.current.map(({ line, pending }) => [line.title, pending])).toEqual([['one', true]])
    const before = result.current
    rerender()
    expect(result.current).toBe(before)
    await act(() => ana.sync())
    expect(result.current.map(({ pending }) => pending)).toEqual([false])
  })

  test('members, refused changes and durability are shown', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const { result } = renderHook(() => ({ members: useMembers(), rejected: useRejected(), durability: useDurability() }), { wrapper: providing(ana.replica) })
    world.server.refuses = () => ({ code: 'forbidden', detail: 'no' })
    await act(async () => {
      await ana.create('fence')
      await ana.sync()
    })
    expect(result.current).toMatchObject({ rejected: [{ code: 'forbidden' }], durability: 'memory' })
    expect(result.current.members.map(({ line }) => line.name).sort()).toEqual(['Ana', 'Ben'])
  })

  test('the status follows the loop', async () => {
    const monitor = new SyncMonitor()
    const ana = await new World().deviceOf(newId())
    const { result } = renderHook(() => useSyncStatus(), { wrapper: providing(ana.replica, monitor) })
    expect(result.current.phase).toBe('waiting')
    act(() => monitor.watch({ kind: 'leading' }))
    act(() => monitor.watch({ kind: 'loading', done: 5, total: 10 }))
    expect(result.current).toMatchObject({ phase: 'syncing', loading: { done: 5, total: 10 } })
    act(() => monitor.watch({ kind: 'up-to-date' }))
    act(() => monitor.watch({ kind: 'live', up: true }))
    expect(result.current).toEqual({ phase: 'up-to-date', live: true, differs: false })
    act(() => monitor.watch({ kind: 'retrying', detail: 'no network', in: 500 }))
    expect(result.current).toMatchObject({ phase: 'offline', live: false, detail: 'no network' })
    act(() => monitor.ended({ kind: 'sign-in' }))
    expect(result.current).toMatchObject({ phase: 'stopped', outcome: { kind: 'sign-in' } })
  })

  test('without a provider a hook says what is missing', () => {
    expect(() => renderHook(() => useUnsent())).toThrow('TaskGridProvider')
  })
})
