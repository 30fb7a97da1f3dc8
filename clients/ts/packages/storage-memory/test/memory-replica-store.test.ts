import { MemoryReplicaStore } from '@taskgrid/storage-memory'
import { storeConformance } from '../../../testing/store-conformance.js'

storeConformance('memory', { open: (mark) => Promise.resolve(new MemoryReplicaStore(mark)) })
