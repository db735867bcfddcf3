'use client';

import { useQueryParam } from '@/lib/use-query-param';

/** The client whose data the pages show; null for all of them. It is part of the address and kept from page to page. */
export const useScope = () => useQueryParam('client');
