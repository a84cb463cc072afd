/** What is declared in a root, and what of it is used. */
import type { Names, Scope } from './hcl/infer.ts';
import { elementOf, infer } from './hcl/infer.ts';
import { expressionOf } from './hcl/raw.ts';
import { fromBlock, type Type, typeOf } from './hcl/type.ts';
import type { ModuleInterface } from './modules/modules.ts';
import { addressOf, type Block, type Body, type Raw, type Root } from './root.ts';
import type { BlockSchema } from './schema/schema.ts';

/** What Terraform has without anybody declaring it. */
const builtIn: Record<string, Type> = {
  path: { object: { module: 'string', root: 'string', cwd: 'string' }, optional: new Set() },
  terraform: { object: { workspace: 'string' }, optional: new Set() },
};

export interface Interfaces {
  /** @param kind resource, data or provider @returns undefined for a type that is not in the schema */
  schemaOf(kind: string, type: string): BlockSchema | undefined;
  /** @returns undefined for a module that is not in the list */
  moduleOf(source: Raw | undefined): ModuleInterface | undefined;
  /** Names of the outputs of infra/ itself, which infra/addons reads out of its state; none while it cannot be read. */
  outputs?: string[];
}

export class RootNames implements Names {
  /** Addresses that something refers to. */
  readonly used = new Set<string>();
  readonly #types = new Map<string, Type | (() => Type)>();
  readonly #interfaces: Interfaces;

  constructor(root: Root, interfaces: Interfaces) {
    this.#interfaces = interfaces;
    for (const block of root.blocks) this.#declare(block);
  }

  #declare(block: Block): void {
    if (block.kind === 'variable') this.#types.set(addressOf(block), variableType(block));
    if (block.kind === 'module' || block.kind === 'resource' || block.kind === 'data') {
      this.#types.set(addressOf(block), () => withInstances(block.body, this.#own(block)));
    }
    if (block.kind !== 'locals') return;
    for (const [name, raw] of Object.entries(block.body)) {
      // While it is being told, so that one that refers to itself comes to an end.
      this.#types.set(`local.${name}`, () => infer(expressionOf(raw), this, {}, () => {}));
    }
  }

  #own({ kind, labels: [type = ''], body }: Block): Type {
    if (kind === 'module') {
      const outputs = this.#interfaces.moduleOf(body.source)?.outputs;
      if (!outputs) return 'any';
      const entries = Object.entries(outputs).map(([name, each]): [string, Type] => [name, each]);
      return { object: Object.fromEntries(entries), optional: new Set() };
    }
    const { outputs: known } = this.#interfaces;
    if (type === 'terraform_remote_state' && known) {
      const outputs = Object.fromEntries(known.map((name): [string, Type] => [name, 'any']));
      return { object: { outputs: { object: outputs, optional: new Set() } }, optional: new Set() };
    }
    const schema = this.#interfaces.schemaOf(kind, type);
    return schema ? fromBlock(schema, type) : 'any';
  }

  lookUp(path: string[]): { type: Type; used: number } | undefined {
    const [root = ''] = path;
    if (builtIn[root]) return { type: builtIn[root], used: 1 };
    const used = root === 'data' ? 3 : 2;
    const address = path.slice(0, used).join('.');
    const found = this.#types.get(address);
    if (found === undefined) return undefined;
    this.used.add(address);
    if (typeof found !== 'function') return { type: found, used };
    this.#types.set(address, 'any');
    const type = found();
    this.#types.set(address, type);
    return { type, used };
  }

  known(): Iterable<string> {
    return this.#types.keys();
  }
}

/** Names that there are in a block only: `each`, `count`, `self`. */
export function scopeOf({ kind, body }: Block, names: Names): Scope {
  if (kind !== 'resource' && kind !== 'data' && kind !== 'module') return {};
  const object = (types: Record<string, Type>): Type => ({ object: types, optional: new Set() });
  if (body.for_each !== undefined) {
    const value = elementOf(infer(expressionOf(body.for_each), names, {}, () => {}));
    return { each: object({ key: 'any', value }), self: 'any' };
  }
  return body.count === undefined ? { self: 'any' } : { count: object({ index: 'number' }), self: 'any' };
}

function withInstances(body: Body, type: Type): Type {
  if (body.for_each !== undefined) return { mapOf: type, isInstances: true };
  return body.count === undefined ? type : { mapOf: type, isInstances: true };
}

function variableType({ body }: Block): Type {
  try {
    return body.type === undefined ? 'any' : typeOf(expressionOf(body.type));
  } catch {
    // A type that is none is told where variables are looked at.
    return 'any';
  }
}
