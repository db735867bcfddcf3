'use client';

import dynamic from 'next/dynamic';
import { isAgencyStaff, useMe } from '@/api/queries';
import { Empty, Skeleton } from '@/components/list/states';
import { Card } from '@/components/ui/card';
import { usePage } from '@/shell/page';

const TITLE = 'Dead letters';

const Loading = () => (
  <Card>
    <Skeleton rows={6} label="dead letters" />
  </Card>
);

const DeadLetters = dynamic(() => import('./dead-letters').then((module) => module.DeadLetters), {
  ssr: false,
  loading: Loading,
});

/** Shows the dead letters to the agency's people. A client's people find their calls in their own words elsewhere. */
export function DeadLettersScreen() {
  usePage(TITLE);
  const me = useMe();
  return (
    <>
      <h1 className="text-page">{TITLE}</h1>
      <p className="mt-1 mb-6 text-fg-2">Calls whose flow needs a decision. Completed steps are kept.</p>
      {!me.data ? (
        <Loading />
      ) : isAgencyStaff(me.data) ? (
        <DeadLetters />
      ) : (
        <Card>
          <Empty title="This page is for your agency’s people">
            Your calls, and whom to call back, have pages of their own.
          </Empty>
        </Card>
      )}
    </>
  );
}
