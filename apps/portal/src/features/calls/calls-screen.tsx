'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/list/states';
import { Card } from '@/components/ui/card';
import { usePage } from '@/shell/page';

const TITLE = 'Calls';

const Loading = () => (
  <Card className="mt-4">
    <Skeleton rows={10} label="calls" />
  </Card>
);

const CallsBody = dynamic(() => import('./calls-body').then((module) => module.CallsBody), {
  ssr: false,
  loading: Loading,
});

/** Shows all calls with what came of them, the newest first. */
export function CallsScreen() {
  usePage(TITLE);
  return (
    <>
      <h1 className="text-page max-md:sr-only">{TITLE}</h1>
      <CallsBody />
    </>
  );
}
