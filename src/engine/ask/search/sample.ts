/** A seeded shuffle of 0 to total - 1 that needs no memory: which design is the n-th to be looked at. */

/** Rounds of mixing; four make a good shuffle of a Feistel network. */
const rounds = 4

/** A permutation: each place stands exactly once, so that no sample is looked at twice. */
export function shuffle(total: number, seed: number): (place: number) => number {
  const half = Math.max(1, Math.ceil(Math.log2(Math.max(2, total)) / 2))
  const size = 2 ** half
  const once = (place: number): number => {
    let [left, right] = [Math.floor(place / size), place % size]
    for (let round = 0; round < rounds; round++)
      [left, right] = [right, (left + mix(right, seed, round)) % size]
    return left * size + right
  }
  // The network permutes a square; what falls outside is mixed again, and comes back inside in time.
  return (place) => {
    let found = once(place)
    while (found >= total) found = once(found)
    return found
  }
}

/** Thirty-two bits that depend on every bit given: the finaliser of MurmurHash3. */
function mix(value: number, seed: number, round: number): number {
  let bits = value ^ Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(round + 1, 0x85ebca77)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
