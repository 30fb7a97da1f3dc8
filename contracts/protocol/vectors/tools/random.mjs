// A small seeded generator (mulberry32), so that every vector file can be made again byte for byte.
export function seeded(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return (t ^ (t >>> 14)) >>> 0
  }
  return {
    uint32: next,
    below: (n) => Math.floor((next() / 0x100000000) * n),
    pick(list) { return list[this.below(list.length)] },
  }
}
