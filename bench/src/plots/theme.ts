/** Colours of plots, for a page with a light ground and for one with a dark ground. */
export interface Theme {
  ground: string;
  text: string;
  /** Of what is there to be found when it is looked for. */
  faint: string;
  grid: string;
}

export type ThemeName = 'light' | 'dark';

export const themes: Record<ThemeName, Theme> = {
  light: { ground: '#ffffff', text: '#1f2328', faint: '#59636e', grid: '#e4e7ea' },
  dark: { ground: '#0d1117', text: '#e6edf3', faint: '#9198a1', grid: '#2a3038' },
};

export const font = 'system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif';
