import { defineConfig } from 'vitest/config'

const packages = ['protocol', 'kernel', 'replica', 'storage-memory', 'storage-dexie', 'transport', 'react']

export default defineConfig({
  resolve: {
    // Tests run on the sources: nothing needs to be built first, and a stale build is never tested.
    alias: Object.fromEntries(packages.map((name) => [`@taskgrid/${name}`, new URL(`packages/${name}/src/index.ts`, import.meta.url).pathname])),
  },
  test: {
    include: ['packages/*/test/**/*.test.{ts,tsx}'],
    pool: 'threads',
    maxWorkers: 2,
  },
})
