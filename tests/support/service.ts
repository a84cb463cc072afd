import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readRuntime, startCommand } from '../../dev/system/runtimes.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
/** What Node has made of the services' files before: a third of what it takes a service to start. */
const compileCache = fileURLToPath(new URL('../../.overcookied/compile-cache', import.meta.url));
const exitWithParent = fileURLToPath(new URL('../../dev/launcher/exit-with-parent.ts', import.meta.url));

export type ServiceName = 'gateway' | 'matchmaker' | 'game-ticker' | 'practice';

export interface LogLine {
  level: string;
  msg: string;
  [field: string]: unknown;
}

/** A service as a process of its own, as it runs in production; it ends with the tests, however those end. */
export class TestService {
  readonly process: ChildProcess;
  /** What it logged, line by line. */
  readonly log: LogLine[] = [];
  /** What it wrote on standard error. */
  stderr = '';
  port = 0;

  /**
   * @param env what it has in its environment; `RUNTIME` in it, or else in the tests' own, says what it runs on
   * @param root folder that has the services: the repository, or a copy of it
   * @param preload a file to run before it
   */
  constructor(name: ServiceName, env: Record<string, string>, root = repository, preload?: string) {
    const { program, args } = startCommand(
      readRuntime({ ...process.env, ...env }),
      `services/${name}/src/main.ts`,
      exitWithParent,
      ...(preload ? [preload] : []),
    );
    this.process = spawn(program, args, {
      cwd: root,
      env: {
        ...{ PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache },
        ...{ PORT: '0', INSTANCE: name, DRAIN_SPREAD_MS: '0', ...env },
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    if (this.process.stdout) {
      createInterface(this.process.stdout).on('line', (line) => this.log.push(JSON.parse(line) as LogLine));
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves when it says which port it listens on. @throws Error with what it said if it ends instead */
  async listening(): Promise<this> {
    while (this.port === 0) {
      const up = this.log.find((line) => typeof line.port === 'number');
      if (up) this.port = up.port as number;
      else if (this.process.exitCode !== null) throw new Error(`the service ended: ${this.stderr}`);
      else await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this;
  }

  /** Resolves when `GET /readyz` answers 200. */
  async ready(): Promise<this> {
    await this.listening();
    while (!(await fetch(`${this.url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 20));
    return this;
  }

  /** Lines of level warn and above. */
  get complaints(): LogLine[] {
    return this.log.filter(({ level }) => level === 'warn' || level === 'error' || level === 'fatal');
  }

  /** Ends it; resolves to its exit code, or the signal. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill(signal);
      await once(this.process, 'exit');
    }
    return this.process.exitCode ?? this.process.signalCode;
  }
}
