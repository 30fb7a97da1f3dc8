import { digestText } from '@taskgrid/kernel'
import type { UserId } from '@taskgrid/protocol'
import type { ReplicaMark, ReplicaStore } from '@taskgrid/replica'
import { freshMark, newId } from '@taskgrid/replica'
import { MemoryReplicaStore } from '@taskgrid/storage-memory'
import { expect } from 'vitest'
import { Device } from './device.js'
import { FakeServer } from './fake-server.js'

/** Opens the store of a new device. */
export type OpenStore = (mark: ReplicaMark) => Promise<ReplicaStore>

/** A server, and devices of two people, Ana and Ben. */
export class World {
  readonly ana: UserId = newId()
  readonly ben: UserId = newId()
  readonly server = new FakeServer()
  private readonly devices: Device[] = []
  private readonly open: OpenStore

  constructor(open: OpenStore = (mark) => Promise.resolve(new MemoryReplicaStore(mark))) {
    this.open = open
    this.server.join(this.ana, 'Ana', 'owner')
    this.server.join(this.ben, 'Ben', 'member')
  }

  async deviceOf(user: UserId): Promise<Device> {
    const device = new Device(this.server, user, await this.open(freshMark(this.server.organization, user, newId())))
    this.devices.push(device)
    return device
  }

  /** A device with all that another one has, its replica id included: a copied profile. */
  async copyOf(original: Device): Promise<Device> {
    const copy = await this.deviceOf(original.user)
    const { mark, rows, tasks, members } = original.store.read((reading) => ({
      mark: reading.mark, rows: reading.from(reading.mark.replica, 1), tasks: [...reading.tasks()], members: reading.members(),
    }))
    await copy.store.write((writing) => {
      for (const { place: _place, ...row } of rows) writing.append(row)
      for (const task of tasks) writing.putTask(task)
      for (const { line } of members) writing.putMember(line)
      writing.putMark(mark)
    })
    return copy
  }

  /** Every device syncs twice, so that each has what the others sent; then all must hold what the server holds. */
  async converge(): Promise<void> {
    for (let round = 0; round < 2; round++) for (const device of this.devices) expect(await device.sync()).toEqual({ kind: 'up-to-date' })
    for (const device of this.devices) {
      expect(device.mark.base).toBe(this.server.head)
      expect(digestText(device.mark.digest)).toBe(this.server.digest)
      expect(device.pending).toEqual([])
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.store.close()))
  }
}
