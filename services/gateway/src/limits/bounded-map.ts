/** A map that forgets what it has had for longest when it is full, so that nobody can fill the memory with keys. */
export class BoundedMap<K, V> {
  readonly #map = new Map<K, V>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  set(key: K, value: V): void {
    this.#map.delete(key);
    if (this.#map.size >= this.#most) this.#map.delete(this.#map.keys().next().value as K);
    this.#map.set(key, value);
  }
}
