import type { Seeded } from './seeded.js'

/** A network that loses requests and answers, by a seed. Nothing is lost while it is calm. */
export class FlakyNetwork {
  /** One of how many requests is lost on its way, and one of how many answers. */
  private readonly oneIn: number
  private readonly random: Seeded
  private isCalm = true
  /** How often something was lost. */
  lost = 0

  constructor(random: Seeded, oneIn: number) {
    this.random = random
    this.oneIn = oneIn
  }

  calm(isCalm: boolean): void {
    this.isCalm = isCalm
  }

  readonly fetch: typeof fetch = async (input, init) => {
    this.loseMaybe()
    const response = await fetch(input, init)
    // It arrived and was done; whoever asked does not learn of it.
    try {
      this.loseMaybe()
    } catch (error) {
      await response.body?.cancel()
      throw error
    }
    return response
  }

  private loseMaybe(): void {
    if (this.isCalm || this.random.below(this.oneIn) > 0) return
    this.lost++
    throw new TypeError('lost')
  }
}
