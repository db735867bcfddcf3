'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** Returns the parameters of the address, and a function that changes several of them as one entry of the history. */
export function useQueryParams(): [URLSearchParams, (changes: Record<string, string | null>) => void] {
  const parameters = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  const change = useCallback(
    (changes: Record<string, string | null>) => {
      const next = new URLSearchParams(window.location.search);
      for (const [key, value] of Object.entries(changes)) {
        if (value === null) next.delete(key);
        else next.set(key, value);
      }
      router.push(next.size > 0 ? `${path}?${next.toString()}` : path, { scroll: false });
    },
    [path, router],
  );
  return [parameters, change];
}
