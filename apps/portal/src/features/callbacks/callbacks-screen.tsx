'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/list/states';
import { Card } from '@/components/ui/card';
import { attentionQuery } from '@/features/attention/queries';
import { usePage } from '@/shell/page';
import { useScope } from '@/shell/scope';

const TITLE = 'Call back';

const Loading = () => (
  <Card>
    <Skeleton rows={6} label="the callers to call back" />
  </Card>
);

const CallBackList = dynamic(() => import('./call-back-list').then((module) => module.CallBackList), {
  ssr: false,
  loading: Loading,
});

/** Shows the callers who did not get what they asked for, until somebody has handled them. */
export function CallbacksScreen() {
  usePage(TITLE);
  const [client] = useScope();
  const { data } = useQuery(attentionQuery(client));
  return (
    <>
      <h1 className="text-page">{TITLE}</h1>
      <p className="mt-1 mb-6 text-fg-2">Callers who did not get what they asked for.</p>
      <CallBackList key={client} client={client} count={data && (data.counts.call_backs ?? 0)} />
    </>
  );
}
