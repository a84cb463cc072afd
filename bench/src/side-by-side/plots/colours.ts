import type { ContenderName } from '../../contenders/contender.ts';
import type { ThemeName } from '../../plots/theme.ts';

/** Told apart by the colour-blind (after Okabe and Ito), and lighter on a dark ground. This system is blue, the floor grey. */
export const colours: Record<ThemeName, Record<ContenderName, string>> = {
  light: {
    ...{ floor: '#6e7781', node: '#0060a8', bun: '#38a3e0', deno: '#005f73' },
    ...{ original: '#d55e00', socketio: '#007f5f', colyseus: '#b3478f' },
  },
  dark: {
    ...{ floor: '#a8b1ba', node: '#4a9eea', bun: '#9bd4ff', deno: '#4fb3c8' },
    ...{ original: '#ff8a3d', socketio: '#35c79b', colyseus: '#e48cc7' },
  },
};
