import type { Queued } from '@overcookied/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { isAbout, type Wait } from './wait.ts';

const wait = (kind: Wait['kind']): Wait => ({ kind, since: 0, kneads: 0 });
const queued = (mode: Queued['mode'], expiresAt?: number): Queued => ({
  mode,
  since: 0,
  waiting: 1,
  ...(expiresAt === undefined ? {} : { expiresAt }),
});

describe('a wait', () => {
  it('hears what is said of it', () => {
    expect(isAbout(wait('ranked'), queued('ranked'), undefined)).toBe(true);
    expect(isAbout(wait('private'), queued('private', 9), undefined)).toBe(true);
    expect(isAbout(wait('practice'), queued('practice'), undefined)).toBe(true);
    expect(isAbout(wait('rematch'), queued('ranked', 9), 'ranked')).toBe(true);
    expect(isAbout(wait('rematch'), queued('private', 9), 'private')).toBe(true);
  });

  it('does not hear what was said of another', () => {
    expect(isAbout(wait('practice'), queued('ranked'), undefined)).toBe(false);
    expect(isAbout(wait('private'), queued('ranked'), undefined)).toBe(false);
    expect(isAbout(wait('ranked'), queued('ranked', 9), undefined)).toBe(false);
    expect(isAbout(wait('rematch'), queued('ranked'), 'ranked')).toBe(false);
    expect(isAbout(wait('rematch'), queued('private', 9), 'ranked')).toBe(false);
  });
});
