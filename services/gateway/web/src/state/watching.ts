/** The state of a page on which a match is watched, live or as a replay, and where it meets the server. */
import { fetchRecording, RequestError } from '@overcookied/client/api.ts';
import type { Status } from '@overcookied/client/connection.ts';
import { Watcher } from '@overcookied/client/watcher.ts';
import type { Recording } from '@overcookied/shared/api.ts';
import { closeCode } from '@overcookied/shared/protocol.ts';
import { batch, computed, signal } from '@preact/signals';
import { begin, end, type LiveMatch, update } from '../match/live-match.ts';
import { Timeline } from '../replay/timeline.ts';

/** How many times faster than it was a replay may run. */
export const speeds = [1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

/** `unrecorded`: it was seen to its end, and how it went is not to be had. */
type Trouble = 'missing' | 'failed' | 'unrecorded';

/** A match that has just ended is recorded in a moment: it is asked for after so long, and then less and less often. */
const firstAskedMs = 400;
const slowdown = 1.5;
const mostAsked = 10;
/** A tab that was hidden goes on where it was: in ms. */
const longestFrameMs = 250;

class Watching {
  readonly trouble = signal<Trouble>();
  readonly connection = signal<Status>();
  /** The match as it is told while it is on; stays until its replay is there. */
  readonly live = signal<LiveMatch>();
  readonly timeline = signal<Timeline>();
  /** The moment that is shown, in ms since the match's start; before that it is below 0. */
  readonly at = signal(0);
  readonly speed = signal<Speed>(1);
  readonly isPlaying = signal(false);
  /** How often the moment was changed other than by time: what lies between was not to be seen. */
  readonly jumps = signal(0);

  readonly stage = computed(() => {
    if (this.timeline.value) return 'replay';
    if (this.live.value) return 'live';
    return this.trouble.value ?? 'opening';
  });

  /** The replay has come to its end. */
  readonly isAtEnd = computed(() => {
    const { value } = this.timeline;
    return value !== undefined && !this.isPlaying.value && this.at.value >= value.end;
  });

  /** Whether the moment moves by itself. */
  readonly isMoving = computed(() => this.isPlaying.value || this.live.value?.isOver === false);

  #roomId = '';
  #watcher: Watcher | undefined;
  #wait: ReturnType<typeof setTimeout> | undefined;
  #tickedAt: number | undefined;
  /** An answer to what was asked before the page was left is not listened to. */
  #turn = 0;

  /** Watches this match: live while it is on, else from its start. */
  open(roomId: string): void {
    this.close();
    this.#roomId = roomId;
    this.trouble.value = undefined;
    void this.#look();
  }

  /** Leaves nothing behind: neither connection nor timer. */
  close(): void {
    this.#turn++;
    clearTimeout(this.#wait);
    this.#leave();
  }

  /** Tries again what has failed. */
  retry(): void {
    this.open(this.#roomId);
  }

  /** Starts the replay, or goes on with it. */
  play(): void {
    const { value: timeline } = this.timeline;
    if (!timeline) return;
    if (this.at.value >= timeline.end) this.seek(0);
    // What has passed while it stood is not made up for.
    this.#tickedAt = undefined;
    this.isPlaying.value = true;
  }

  pause(): void {
    this.isPlaying.value = false;
  }

  /** Shows another moment of the replay. @param at ms since the start */
  seek(at: number): void {
    const { value: timeline } = this.timeline;
    if (!timeline) return;
    batch(() => {
      this.jumps.value++;
      this.at.value = Math.min(Math.max(0, at), timeline.end);
    });
  }

  /** Moves the moment on; called once a frame while `isMoving`. @param frameAt any clock, in ms */
  tick(frameAt: number): void {
    const passed = Math.min(frameAt - (this.#tickedAt ?? frameAt), longestFrameMs);
    this.#tickedAt = frameAt;
    const { value: timeline } = this.timeline;
    if (timeline && this.isPlaying.value) {
      const at = Math.min(this.at.value + passed * this.speed.value, timeline.end);
      batch(() => {
        this.at.value = at;
        if (at >= timeline.end) this.isPlaying.value = false;
      });
    } else {
      this.#moveOn();
    }
  }

  /** To what the server's clock says, while the match is on. */
  #moveOn(): void {
    const { value: live } = this.live;
    if (this.#watcher && live) this.at.value = this.#watcher.clock.now() - live.startsAt;
  }

  #leave(): void {
    const watcher = this.#watcher;
    this.#watcher = undefined;
    watcher?.close();
  }

  async #look(): Promise<void> {
    const turn = this.#turn;
    try {
      const recording = await fetchRecording('', this.#roomId);
      if (turn !== this.#turn) return;
      if (recording.over) this.#replay(recording);
      else this.#follow();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.trouble.value = isMissing(error) ? 'missing' : 'failed';
    }
  }

  #follow(): void {
    const watcher = new Watcher({ url: location.origin.replace(/^http/, 'ws'), roomId: this.#roomId });
    this.#watcher = watcher;
    this.connection.value = watcher.status;
    watcher.on('status', (status) => {
      if (watcher !== this.#watcher) return;
      this.connection.value = status;
      if (status.state !== 'closed') return;
      // It is over, or there is none any more.
      if (status.code === closeCode.normal) this.#finish();
      else if (!this.live.value) this.trouble.value = 'failed';
    });
    watcher.on('WATCH_START', (start) => {
      this.live.value = begin(start);
    });
    watcher.on('WATCH_UPDATE', (state) => {
      this.live.value = this.live.value && update(this.live.value, state);
    });
    watcher.on('WATCH_OVER', ({ state }) => {
      this.live.value = this.live.value && end(this.live.value, state);
      this.#finish();
    });
  }

  #finish(): void {
    this.#moveOn();
    this.#leave();
    this.#askForReplay();
  }

  /** Asks until the match is recorded, and shows then how it ended. */
  #askForReplay(asked = 0): void {
    const turn = this.#turn;
    // All who have watched ask now: not at the same moment.
    const jitter = 0.5 + Math.random();
    this.#wait = setTimeout(
      async () => {
        const answer = await fetchRecording('', this.#roomId).catch((error: unknown) => error);
        if (turn !== this.#turn) return;
        const recording = answer instanceof Error ? undefined : (answer as Recording);
        if (recording?.over) this.#replay(recording);
        else if (isMissing(answer) && !this.live.value) this.trouble.value = 'missing';
        else if (asked < mostAsked) this.#askForReplay(asked + 1);
        else this.trouble.value = this.live.value ? 'unrecorded' : 'failed';
      },
      firstAskedMs * slowdown ** asked * jitter,
    );
  }

  /** Whoever has just seen the match is shown its end; anybody else its start. */
  #replay(recording: Recording): void {
    const timeline = new Timeline(recording);
    const isSeen = this.live.value !== undefined;
    batch(() => {
      this.jumps.value++;
      this.connection.value = this.live.value = undefined;
      this.timeline.value = timeline;
      this.at.value = isSeen ? timeline.end : 0;
      this.isPlaying.value = !isSeen;
    });
  }
}

const isMissing = (error: unknown): boolean => error instanceof RequestError && error.status === 404;

/** What this page watches. */
export const watching = new Watching();
