/** How the tabs of a profile tell each other that the store has moved. A lost word costs a moment, never data. */
export interface StoreChannel {
  /** Tells the others. */
  post(version: number): void
  /** Calls back when another one tells. */
  listen(listener: (version: number) => void): void
  close(): void
}

/** By BroadcastChannel. */
export function broadcastChannel(name: string): StoreChannel {
  const channel = new BroadcastChannel(name)
  return {
    post: (version) => channel.postMessage(version),
    listen: (listener) => channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'number') listener(data)
    }),
    close: () => channel.close(),
  }
}

/** Where there are no other tabs. */
export function noChannel(): StoreChannel {
  return { post: () => undefined, listen: () => undefined, close: () => undefined }
}
