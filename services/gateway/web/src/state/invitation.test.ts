import { describe, expect, it } from 'vitest';
import { type Addressed, codeIn, linkOf, newCode, readInvitation, writeInvitation } from './invitation.ts';

/** As much of a window as an address needs. */
function windowAt(href: string): Addressed {
  const location = new URL(href);
  const history = {
    state: null as unknown,
    replaceState(state: unknown, _: string, to: string) {
      history.state = state;
      location.href = new URL(to, location).href;
    },
  };
  return { location, history } as unknown as Addressed;
}

describe('a code', () => {
  it('is one that the server takes, and another every time', () => {
    const codes = Array.from({ length: 200 }, newCode);
    for (const code of codes) expect(code).toMatch(/^[\w-]{16,64}$/);
    expect(new Set(codes).size).toBe(codes.length);
    // Every letter comes up: 4000 draws of 64.
    expect(new Set(codes.join('')).size).toBe(64);
  });
});

describe('a link', () => {
  it('carries the code in the fragment and nowhere else', () => {
    const link = new URL(linkOf('a_code-1', 'https://play.example.org/?lang=en#old'));
    expect(link.hash).toBe('#invite=a_code-1');
    expect(link.href.replace(link.hash, '')).toBe('https://play.example.org/?lang=en');
  });

  it('is read again', () => {
    const code = newCode();
    expect(codeIn(new URL(linkOf(code, 'http://localhost:8080/')).hash)).toBe(code);
  });

  it.each(['', '#', '#invite', '#invite=', '#invite=abc', '#invite=<b>bold</b>', '#other=a_code-1'])(
    'is none: "%s"',
    (hash) => {
      expect(codeIn(hash)).toBeUndefined();
    },
  );

  it('is none when it is too long', () => {
    expect(codeIn(`#invite=${'a'.repeat(64)}`)).toHaveLength(64);
    expect(codeIn(`#invite=${'a'.repeat(65)}`)).toBeUndefined();
  });
});

describe('the address', () => {
  it('keeps an own invitation, and knows it for one after a reload', () => {
    const window = windowAt('http://localhost/');
    writeInvitation({ code: 'a_code-1', isOwn: true }, window);
    expect(window.location.href).toBe('http://localhost/#invite=a_code-1');
    expect(readInvitation(window)).toEqual({ code: 'a_code-1', isOwn: true });
  });

  it('takes a followed link for somebody else’s', () => {
    expect(readInvitation(windowAt('http://localhost/#invite=a_code-1'))).toEqual({
      code: 'a_code-1',
      isOwn: false,
    });
  });

  it('does not take another code for the own one', () => {
    const window = windowAt('http://localhost/');
    writeInvitation({ code: 'a_code-1', isOwn: true }, window);
    window.location.hash = '#invite=a_code-2';
    expect(readInvitation(window)).toEqual({ code: 'a_code-2', isOwn: false });
  });

  it('forgets it, and nothing else', () => {
    const window = windowAt('http://localhost/?lang=en#invite=a_code-1');
    writeInvitation(undefined, window);
    expect(window.location.href).toBe('http://localhost/?lang=en');
    expect(readInvitation(window)).toBeUndefined();
  });
});
