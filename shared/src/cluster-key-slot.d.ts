/** The library has no types of its own. */
declare module 'cluster-key-slot' {
  /** @returns the slot of a cluster that a key or sharded channel belongs to, 0 to 16383 */
  export default function calculateSlot(key: string): number;
}
