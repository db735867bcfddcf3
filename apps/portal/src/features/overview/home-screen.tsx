'use client';

import dynamic from 'next/dynamic';
import { isAgencyStaff, useMe } from '@/api/queries';
import { Skeleton } from '@/components/list/states';
import { Card } from '@/components/ui/card';

const Loading = () => (
  <>
    <h1 className="mb-6 text-page">Welcome</h1>
    <Card>
      <Skeleton rows={8} label="your page" />
    </Card>
  </>
);

const OverviewScreen = dynamic(() => import('./overview-screen').then((module) => module.OverviewScreen), {
  ssr: false,
  loading: Loading,
});
const TodayScreen = dynamic(() => import('@/features/today/today-screen').then((module) => module.TodayScreen), {
  ssr: false,
  loading: Loading,
});

/** Shows the first page: to the agency how all clients do, to a client's people whom to call back. */
export function HomeScreen() {
  const me = useMe();
  if (!me.data) return <Loading />;
  return isAgencyStaff(me.data) ? <OverviewScreen /> : <TodayScreen />;
}
