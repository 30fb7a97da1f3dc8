import { IDBObjectStore } from 'fake-indexeddb'

type Put = IDBObjectStore['put']
type Clear = IDBObjectStore['clear']

/** Makes the writes of fake-indexeddb fail as a browser's do on a full disk. */
export class FullDisk {
  private readonly put: Put = Reflect.get(IDBObjectStore.prototype, 'put') as Put
  private readonly clear: Clear = Reflect.get(IDBObjectStore.prototype, 'clear') as Clear

  /** From now on nothing fits; where it is evictable, dropping the tasks makes room for all but them. */
  fill({ evictable }: { readonly evictable: boolean }): void {
    const { put, clear } = this
    let hasRoom = false
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...row: Parameters<Put>): ReturnType<Put> {
      if (!hasRoom || this.name === 'tasks') throw new DOMException('the disk is full', 'QuotaExceededError')
      return Reflect.apply(put, this, row) as ReturnType<Put>
    }
    IDBObjectStore.prototype.clear = function (this: IDBObjectStore): ReturnType<Clear> {
      hasRoom ||= evictable && this.name === 'tasks'
      return Reflect.apply(clear, this, []) as ReturnType<Clear>
    }
  }

  free(): void {
    IDBObjectStore.prototype.put = this.put
    IDBObjectStore.prototype.clear = this.clear
  }
}
