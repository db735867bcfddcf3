'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** A key of the address. Setting it makes an entry of the history; null takes it out. Other keys stay. */
export function useQueryParam(key: string): [string | null, (value: string | null) => void] {
  const parameters = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  const set = useCallback(
    (value: string | null) => {
      const next = new URLSearchParams(window.location.search);
      if (value === null) next.delete(key);
      else next.set(key, value);
      router.push(next.size > 0 ? `${path}?${next.toString()}` : path, { scroll: false });
    },
    [key, path, router],
  );
  return [parameters.get(key), set];
}
