import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../manifests.ts';

/** What the fakes of docker, terraform and kubectl find and leave behind, in a folder that they share with a test. */
export interface World {
  /** The real kubectl, for what needs no cluster. */
  kubectl: string;
  /** What `terraform output` tells. */
  outputs: Record<string, unknown>;
  /** kubectl's contexts: name → address of the cluster. */
  contexts: Record<string, string>;
  /** All objects in the cluster. */
  objects: Manifest[];
  /** Images on this machine, and in the registry, each with its tag. */
  built: string[];
  registry: string[];
  troubles: Trouble[];
}

/** A call that goes wrong. */
export interface Trouble {
  /** A regular expression that the call's line fits. */
  call: string;
  /** What it writes on standard error before it ends with exit code 1. */
  says?: string;
  /** It has done its work all the same. */
  isDone?: boolean;
  /** It waits until it is ended. */
  hangs?: boolean;
  /** So many fitting calls go wrong; all of them unless told. */
  times?: number;
}

/** A call of one of the tools. */
export interface Call {
  tool: string;
  args: string[];
  /** Its TF_DATA_DIR. */
  dataDir: string | undefined;
}

export const lineOf = ({ tool, args }: Call): string => [tool, ...args].join(' ');

export class WorldFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  read(): World {
    return JSON.parse(readFileSync(join(this.#folder, 'world.json'), 'utf8')) as World;
  }

  write(world: World): void {
    writeFileSync(join(this.#folder, 'world.json'), JSON.stringify(world, null, 2));
  }

  get calls(): Call[] {
    const file = join(this.#folder, 'calls.jsonl');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
    return lines.map((line) => JSON.parse(line) as Call);
  }

  record(call: Call): void {
    appendFileSync(join(this.#folder, 'calls.jsonl'), `${JSON.stringify(call)}\n`);
  }
}
