import { IDBObjectStore } from 'fake-indexeddb'

type Put = (this: IDBObjectStore, ...row: Parameters<IDBObjectStore['put']>) => ReturnType<IDBObjectStore['put']>
type Clear = (this: IDBObjectStore) => ReturnType<IDBObjectStore['clear']>

/** Makes the writes of fake-indexeddb fail as a browser's do on a full disk. */
export class FullDisk {
  private readonly put: Put = Reflect.get<IDBObjectStore, 'put'>(IDBObjectStore.prototype, 'put')
  private readonly clear: Clear = Reflect.get<IDBObjectStore, 'clear'>(IDBObjectStore.prototype, 'clear')

  /** From now on nothing fits; where it is evictable, dropping the tasks makes room for all but them. */
  fill({ evictable }: { readonly evictable: boolean }): void {
    const { put, clear } = this
    let hasRoom = false
    IDBObjectStore.prototype.put = function (...row) {
      if (!hasRoom || this.name === 'tasks') throw new DOMException('the disk is full', 'QuotaExceededError')
      return put.apply(this, row)
    }
    IDBObjectStore.prototype.clear = function () {
      hasRoom ||= evictable && this.name === 'tasks'
      return clear.call(this)
    }
  }

  free(): void {
    IDBObjectStore.prototype.put = this.put
    IDBObjectStore.prototype.clear = this.clear
  }
}
