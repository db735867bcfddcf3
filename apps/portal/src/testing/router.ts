import { useSyncExternalStore } from 'react';

/** An address bar for tests: what next/navigation reads and writes. */
let address = new URL('/', window.location.href);
const listeners = new Set<() => void>();

export const visited: string[] = [];

export function visit(href: string): void {
  address = new URL(href, address);
  visited.push(href);
  window.history.replaceState(null, '', address);
  listeners.forEach((listener) => listener());
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const read = () => address;
const useAddress = () => useSyncExternalStore(subscribe, read, read);
const router = { push: visit, replace: visit, prefetch: () => {}, back: () => {} };

export const navigation = {
  useRouter: () => router,
  usePathname: () => useAddress().pathname,
  useSearchParams: () => useAddress().searchParams,
};
