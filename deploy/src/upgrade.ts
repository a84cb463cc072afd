import { type Before, readBefore } from './before.ts';
import { type Command, command } from './command.ts';
import { type Manifest, without, writeManifests } from './manifests.ts';
import { fileOf, type Plan } from './plan.ts';
import { recordOf, releasesOf } from './releases.ts';
import { awaitRollOut } from './roll-out.ts';
import type { Shell, Shells } from './shell.ts';

/** An upgrade failed; the message says how, and how things stand now. */
export class UpgradeError extends Error {
  override name = 'UpgradeError';
  /** Whether the services are as they were. */
  readonly isUndone: boolean;

  constructor(message: string, isUndone: boolean) {
    super(message);
    this.isUndone = isUndone;
  }
}

/** What holds other things than our own is never deleted. */
const kept = ['Namespace', 'PersistentVolumeClaim', 'CustomResourceDefinition'];

/** The part of a deploy that changes the services: to the new release, or back to the one before. */
export class Upgrade {
  readonly #plan: Plan;
  readonly #shells: Shells;

  constructor(plan: Plan, shells: Shells) {
    this.#plan = plan;
    this.#shells = shells;
  }

  /** @throws UpgradeError once it has changed something; until then, whatever comes */
  async run(): Promise<void> {
    const { manifests, options } = this.#plan;
    const { forward, back } = this.#shells;
    forward.begin('What ran before');
    const before = await readBefore(forward, this.#plan);
    try {
      forward.begin('The new release');
      await this.#bringUp(forward, 'release', manifests);
      forward.begin('A match on it');
      await forward.run(this.#smoke);
    } catch (error) {
      throw await this.#goBack(before, error as Error);
    }
    await this.#settle(before);
    if (options['dry-run']) {
      back.begin('Were anything to fail from "The new release" on, this in place of the rest');
      await this.#putBack(before);
      await back.run(this.#smoke);
    }
  }

  async #bringUp(shell: Shell, file: string, manifests: Manifest[]): Promise<void> {
    const { cluster } = this.#plan;
    await shell.run(cluster.apply(fileOf(this.#plan, file)));
    await awaitRollOut(shell, cluster, manifests, this.#seconds);
  }

  get #seconds(): number {
    return Math.ceil(this.#plan.options.timeout * 60);
  }

  get #smoke(): Command {
    const { game_url: url } = this.#plan.outputs;
    return command('node', 'deploy/src/smoke/main.ts', `--url=${url}`, `--wait=${this.#seconds}`);
  }

  /** Goes back to what ran before. @returns what to tell of it */
  async #goBack(before: Before, cause: Error): Promise<UpgradeError> {
    const { back } = this.#shells;
    const failed = `${this.#plan.revision} failed: ${reasonOf(cause)}`;
    const previous = [...new Set(before.releases.map(({ revision }) => revision))].join(', ');
    const tell = (how: string, isUndone = false) => new UpgradeError(`${failed}\n${how}`, isUndone);
    if (!previous) {
      return tell(
        'No release is known to have been well here, so there is nothing to go back to: what was applied stays, ' +
          'to be looked at. Mend it, and deploy again.',
      );
    }
    back.begin(`Back to ${previous}`);
    back.say(failed);
    try {
      await this.#putBack(before);
    } catch (error) {
      return tell(
        `Going back to ${previous} failed as well: ${reasonOf(error as Error)}\n` +
          'Deploy it, or what is mended: docs/deploy.md.',
      );
    }
    try {
      await back.run(this.#smoke);
    } catch (error) {
      return tell(
        `${previous} runs again, but a match on it fails as well: ${reasonOf(error as Error)}\n` +
          'Look for the cause outside of what was deployed.',
      );
    }
    return tell(`${previous} runs again, and a match on it went well.`, true);
  }

  async #putBack({ releases, existing }: Before): Promise<void> {
    const { back } = this.#shells;
    const previous = releases.flatMap(({ manifests }) => manifests);
    await back.write(
      fileOf(this.#plan, 'previous'),
      writeManifests(previous),
      'the manifests of the release before',
    );
    await this.#bringUp(back, 'previous', previous);
    const created = without(without(this.#plan.manifests, existing), previous);
    await this.#remove(back, 'created', created, 'what there is since the new release only');
  }

  /** The new release is well: what it has no more goes, and it becomes what the next deploy may go back to. */
  async #settle({ releases }: Before): Promise<void> {
    const { cluster, manifests, rendered, revision } = this.#plan;
    const { back } = this.#shells;
    const now = releasesOf(manifests, revision);
    const ended = releases.filter(({ part }) => !now.some((release) => release.part === part));
    const previous = releases.flatMap((release) => release.manifests);
    back.begin('It is well');
    try {
      await back.write(
        fileOf(this.#plan, 'records'),
        writeManifests(now.map(recordOf)),
        'the manifests, by part',
      );
      await back.run(cluster.apply(fileOf(this.#plan, 'records')));
      // The pods' templates before, to which `kubectl rollout undo` goes, ask for the settings before: they stay.
      const gone = without(previous, rendered).filter(({ kind }) => kind !== 'ConfigMap');
      gone.push(...ended.map(recordOf));
      await this.#remove(back, 'gone', gone, 'what the release before had, and the new one has not');
    } catch (error) {
      throw new UpgradeError(
        `${revision} runs, and is well, but that could not be put down: ${reasonOf(error as Error)}\nDeploy it again.`,
        false,
      );
    }
  }

  async #remove(shell: Shell, name: string, manifests: Manifest[], about: string): Promise<void> {
    const removable = manifests.filter(({ kind }) => !kept.includes(kind));
    if (removable.length === 0) return;
    const file = fileOf(this.#plan, name);
    await shell.write(file, writeManifests(removable), about);
    await shell.run(this.#plan.cluster.delete(file));
  }
}

function reasonOf({ name, message }: Error): string {
  return name === 'AbortError' ? 'it was stopped' : message;
}
