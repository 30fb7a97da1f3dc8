/** Web Locks, as far as tabs use them: exclusive locks by name, in the order of asking. One of these is one profile. */
export class FakeLocks implements LockManager {
  private readonly last = new Map<string, Promise<unknown>>()

  request<T>(name: string, callback: LockGrantedCallback<T>): Promise<T>
  request<T>(name: string, options: LockOptions, callback: LockGrantedCallback<T>): Promise<T>
  async request<T>(name: string, second: LockOptions | LockGrantedCallback<T>, third?: LockGrantedCallback<T>): Promise<T> {
    const callback = typeof second === 'function' ? second : third
    const signal = typeof second === 'function' ? undefined : second.signal
    if (callback === undefined) throw new TypeError('no callback')
    const before = this.last.get(name) ?? Promise.resolve()
    const granted = before.then(() => {
      signal?.throwIfAborted()
      return callback({ name, mode: 'exclusive' })
    })
    this.last.set(name, granted.catch(() => undefined))
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    })
    // A lock that was granted is held until its callback is done, whatever the signal says then.
    return Promise.race([granted, aborted])
  }

  query(): Promise<LockManagerSnapshot> {
    return Promise.resolve({ held: [], pending: [] })
  }
}
