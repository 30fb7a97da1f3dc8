export { MemoryReplicaStore } from './memory-replica-store.js'
