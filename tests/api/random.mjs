// Random choices that repeat from their seed.

export class Random {
  #state;
  constructor(seed) {
    this.#state = seed >>> 0;
  }
  // mulberry32: small, and good enough to vary requests.
  unit() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(count) {
    return Math.floor(this.unit() * count);
  }
  chance(probability) {
    return this.unit() < probability;
  }
  pick(items) {
    return items[this.below(items.length)];
  }
  text(length, alphabet = 'abcdefghijklmnopqrstuvwxyz 0123456789') {
    return Array.from({ length }, () => this.pick(alphabet)).join('');
  }
}
