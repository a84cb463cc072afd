import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../../dev/system/command.ts';
import { findKubectl } from '../../../k8s/check/kubectl.ts';
import { serviceNames } from '../service-names.ts';
import { type Call, type Trouble, type World, WorldFolder } from './world.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
/** What the command is made of, and what it reads. */
const copied = ['bench', 'deploy', 'dev', 'infra/environments', 'k8s', 'package.json'];
const program = fileURLToPath(new URL('./tool.ts', import.meta.url));

/** How a run of the command ended. */
export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** To production. What a test waits for in vain, it waits for 3 s. */
export const toProduction = ['--env', 'production', '--timeout', '0.05'];
export const oneService = [...toProduction, '--service', 'matchmaker'];

/** A copy of the repository under git, and a world of fakes: where a test runs the command as a user would. */
export class Stage {
  readonly repository: string;
  /** The commit that is checked out. */
  revision = '';
  readonly #folder: string;
  readonly #cache: string;
  readonly #world: WorldFolder;
  readonly #copies: Stage[] = [];

  private constructor(folder: string, cache = join(folder, 'cache')) {
    this.#folder = folder;
    this.#cache = cache;
    this.#world = new WorldFolder(folder);
    this.repository = join(folder, 'repository');
  }

  /** @param gameUrl where the deployed game is to be found */
  static async set(gameUrl: string): Promise<Stage> {
    const stage = await Stage.#make();
    for (const name of copied) {
      await cp(join(repository, name), join(stage.repository, name), {
        recursive: true,
        filter: (path) => !/[\\/](node_modules|\.terraform|dist)$/.test(path),
      });
    }
    await symlink(join(repository, 'node_modules'), join(stage.repository, 'node_modules'));
    await stage.#git('init', '--quiet');
    await writeFile(join(stage.repository, '.git/info/exclude'), 'node_modules\n');
    await stage.commit();
    stage.#world.write({ ...worldOf(gameUrl), kubectl: await findKubectl() });
    return stage;
  }

  static async #make(cache?: string): Promise<Stage> {
    const stage = new Stage(await mkdtemp(join(tmpdir(), 'overcookied-stage-')), cache);
    for (const name of ['docker', 'kubectl', 'terraform']) await stage.#addTool(name);
    for (const folder of [stage.temporary, stage.repository]) await mkdir(folder);
    return stage;
  }

  /** Another stage that is as this one is now, but for another commit, and what goes wrong. It leaves with this one. */
  async copy(...troubles: Trouble[]): Promise<Stage> {
    const copy = await Stage.#make(this.#cache);
    this.#copies.push(copy);
    await cp(this.repository, copy.repository, { recursive: true, verbatimSymlinks: true });
    await copy.commit();
    copy.#world.write({ ...this.world, troubles });
    return copy;
  }

  get world(): World {
    return this.#world.read();
  }

  get calls(): Call[] {
    return this.#world.calls;
  }

  /** What the command takes for the machine's folder of temporary files. */
  get temporary(): string {
    return join(this.#folder, 'tmp');
  }

  alter(change: (world: World) => void): void {
    const { world } = this;
    change(world);
    this.#world.write(world);
  }

  async run(...args: string[]): Promise<Ran> {
    return this.ended(this.start(...args));
  }

  start(...args: string[]): ChildProcess {
    const tools = join(this.#folder, 'tools');
    return spawn(process.execPath, ['deploy/src/main.ts', ...args], {
      cwd: this.repository,
      env: {
        PATH: [tools, join(repository, 'node_modules/.bin'), process.env.PATH].join(delimiter),
        HOME: this.#folder,
        TMPDIR: this.temporary,
        // The fakes are started some hundred times.
        NODE_COMPILE_CACHE: this.#cache,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async ended(child: ChildProcess): Promise<Ran> {
    const ran: Ran = { code: null, stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        ran[name] += text;
      });
    }
    [ran.code] = (await once(child, 'close')) as [number | null];
    return ran;
  }

  async leave(): Promise<void> {
    for (const copy of this.#copies) await copy.leave();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Commits all that is there, and a change of every service's settings. */
  async commit(): Promise<void> {
    const note = randomUUID().replaceAll('-', '');
    for (const service of serviceNames) {
      await appendFile(join(this.repository, 'k8s/base', service, 'config.env'), `NOTE_${note}=new\n`);
    }
    await this.#git('add', '--all');
    const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
    await this.#git(...author, 'commit', '--quiet', '--no-gpg-sign', '--message', note);
    this.revision = (await this.#git('rev-parse', 'HEAD')).trim();
  }

  #git(...args: string[]): Promise<string> {
    return runCommand('git', ['-C', this.repository, ...args]);
  }

  async #addTool(name: string): Promise<void> {
    const folder = join(this.#folder, 'tools');
    const words = [process.execPath, program, this.#folder, name].map((word) => `'${word}'`).join(' ');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
  }
}

const registry = '111122223333.dkr.ecr.eu-central-1.amazonaws.com';
const endpoint = 'https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com';
const context = 'arn:aws:eks:eu-central-1:111122223333:cluster/overcookied-production';

function worldOf(gameUrl: string): Omit<World, 'kubectl'> {
  const perService = (text: (service: string) => string) =>
    Object.fromEntries(serviceNames.map((service) => [service, text(service)]));
  return {
    outputs: {
      region: 'eu-central-1',
      environment: 'production',
      domain: 'play.example.org',
      game_url: gameUrl,
      certificate_arn: 'arn:aws:acm:eu-central-1:111122223333:certificate/one',
      cluster_name: 'overcookied-production',
      cluster_endpoint: endpoint,
      kube_context: context,
      registry,
      repositories: perService((service) => `${registry}/overcookied/${service}`),
      valkey_endpoint: 'clustercfg.overcookied.abc123.euc1.cache.amazonaws.com',
      records_endpoint: 'clustercfg.overcookied-records.abc123.memorydb.eu-central-1.amazonaws.com',
      vpc_cidr: '10.40.0.0/16',
      service_role_arns: perService((service) => `arn:aws:iam::111122223333:role/overcookied-${service}`),
      secrets_prefix: 'overcookied/production',
    },
    contexts: { minikube: 'https://127.0.0.1:8443', [context]: endpoint },
    objects: [],
    built: [],
    registry: [],
    troubles: [],
  };
}
