'use client';

import { useSyncExternalStore } from 'react';
import { THEME_KEY as KEY } from './theme-script';

export type Theme = 'light' | 'dark' | 'system';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

function read(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'dark' || stored === 'light' ? stored : 'system';
  } catch {
    return 'system';
  }
}

export function setTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing stays with the system's theme.
  }
  window.dispatchEvent(new Event(KEY));
}

export function useTheme(): { theme: Theme; next: Theme } {
  const theme = useSyncExternalStore(
    (changed) => {
      window.addEventListener(KEY, changed);
      return () => window.removeEventListener(KEY, changed);
    },
    read,
    (): Theme => 'system',
  );
  return { theme, next: NEXT[theme] };
}
