/** A field that nobody has asked for. */
interface Unread {
  /** Of the object that has it. */
  path: string[];
  field: string;
  /** What was asked for in the same object. */
  known: string[];
}

/**
 * Shows which fields of an object somebody reads. A schema's validator asks for each field that the schema knows, there or
 * not: what it never asks for is unknown to it, which it says nothing of itself.
 */
export class Witness {
  readonly #asked = new Map<string, { path: string[]; object: object; fields: Set<string> }>();
  /** The object, to be read through this. */
  readonly object: unknown;

  constructor(object: object) {
    this.object = this.#watched(object, []);
  }

  /** Fields that are there and were not asked for. Where nothing at all was asked for, the schema lets anything be. */
  unread(): Unread[] {
    return [...this.#asked.values()].flatMap(({ path, object, fields }) =>
      Array.isArray(object) || fields.size === 0
        ? []
        : Object.keys(object)
            .filter((field) => !fields.has(field))
            .map((field) => ({ path, field, known: [...fields] })),
    );
  }

  #watched(value: unknown, path: string[]): unknown {
    if (typeof value !== 'object' || value === null) return value;
    // The same object is looked at once for each alternative that its schema gives.
    const key = JSON.stringify(path);
    const entry = this.#asked.get(key) ?? { path, object: value, fields: new Set<string>() };
    this.#asked.set(key, entry);
    return new Proxy(value, {
      get: (target, field) => {
        if (typeof field === 'symbol') return Reflect.get(target, field);
        entry.fields.add(field);
        return this.#watched(Reflect.get(target, field), [...path, field]);
      },
    });
  }
}
