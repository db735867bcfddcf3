'use client';

import { useReportWebVitals } from 'next/web-vitals';
import { api } from '@/api/client';
import type { components } from '@/api/schema';

type PortalPage = NonNullable<components['schemas']['insights.WebVitalsRequest']['page']>;
type Measurement = components['schemas']['insights.Measurement'];
type Name = NonNullable<Measurement['name']>;

/** The routes whose measures are kept; total over the API's values. */
const PAGES: Record<PortalPage, true> = {
  '/': true,
  '/callbacks': true,
  '/calls': true,
  '/calls/{id}': true,
  '/dead-letters': true,
  '/find': true,
  '/reconciliation': true,
  '/runs/{id}': true,
  '/usage': true,
};
const NAMES: Record<Name, true> = { CLS: true, INP: true, LCP: true };

/** Returns the route of an address, without its ids. */
export function routeOf(path: string): PortalPage | null {
  const [, first = '', second] = path.split('/');
  const route = `/${first}${second ? '/{id}' : ''}`;
  return Object.hasOwn(PAGES, route) ? (route as PortalPage) : null;
}

const waiting = new Map<PortalPage, Measurement[]>();

function flush(): void {
  for (const [page, vitals] of waiting) {
    // The browser finishes the request although the page is being left; a measure that is lost is not worth a message.
    api()
      .POST('/api/v1/web-vitals', { body: { page, vitals }, keepalive: true })
      .catch(() => {});
  }
  waiting.clear();
}

/** The page that the browser loaded. A measure belongs to it unless the browser says that the person went on. */
const loaded = typeof window === 'undefined' ? '' : window.location.pathname;

interface Metric {
  name: string;
  value: number;
  /** The address of the page, where the browser measures the change of pages too. */
  navigationURL?: string;
}

export function report({ name, value, navigationURL }: Metric): void {
  const page = routeOf(navigationURL ? new URL(navigationURL, window.location.origin).pathname : loaded);
  if (!page || !Object.hasOwn(NAMES, name)) return;
  // The browser ends several measures at the same moment; they leave together.
  if (waiting.size === 0) queueMicrotask(flush);
  waiting.set(page, [...(waiting.get(page) ?? []), { name: name as Name, value }]);
}

/** Sends what the browser measures of real use to our own server. */
export function VitalsReporter() {
  useReportWebVitals(report);
  return null;
}
