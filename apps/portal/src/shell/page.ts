'use client';

import { createContext, useContext, useEffect } from 'react';
import type { Crumb } from './top-bar';

export interface PageInfo {
  title: string;
  /** Pages above this one, below the agency. */
  above: Crumb[];
}

export const PageContext = createContext<(page: PageInfo) => void>(() => {});

/** Names the page once its data is known: title of the window, breadcrumb, phone's head. */
export function usePage(title: string, above?: Crumb): void {
  const set = useContext(PageContext);
  const aboveTitle = above?.title;
  const aboveHref = above?.href;
  useEffect(() => {
    document.title = `${title} – Patchbay`;
    set({ title, above: aboveTitle && aboveHref ? [{ title: aboveTitle, href: aboveHref }] : [] });
  }, [title, aboveTitle, aboveHref, set]);
}
