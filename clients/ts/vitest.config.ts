import { defineConfig } from 'vitest/config'

const packages = ['protocol', 'kernel', 'replica', 'storage-memory', 'storage-dexie', 'transport', 'react']

export default defineConfig({
  resolve: {
    // Tests run on the sources: nothing needs to be built first, and a stale build is never tested.
    alias: Object.fromEntries(packages.map((name) => [`@taskgrid/${name}`, new URL(`packages/${name}/src/index.ts`, import.meta.url).pathname])),
  },
  test: {
    include: ['packages/*/test/**/*.test.{ts,tsx}'],
    // Those that start the real server; tests/run quick leaves them out.
    exclude: process.env['TASKGRID_TIER'] === 'quick' ? ['**/*.server.test.ts', '**/node_modules/**'] : ['**/node_modules/**'],
    pool: 'threads',
    maxWorkers: 2,
    // No test waits for a time; this is patience with a busy machine.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
