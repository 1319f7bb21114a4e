// Light, dark, or as the device says. The choice is one attribute that the tokens listen to.
import { recall, remember } from './storage';

export type Theme = 'system' | 'light' | 'dark';

export function storedTheme(): Theme {
  return recall<Theme>('theme', 'system');
}

export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  remember('theme', theme);
}
