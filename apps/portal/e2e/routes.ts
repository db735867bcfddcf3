/** Every route of the portal, for what holds on all of them. Grows with each page. */
export const ROUTES: readonly { name: string; path: string; status?: number }[] = [
  { name: 'overview', path: '/' },
  { name: 'dead-letters', path: '/dead-letters' },
  { name: 'not-found', path: '/no-such-page', status: 404 },
];

export const THEMES = ['light', 'dark'] as const;
