import type { Metadata } from 'next';
import { CallScreen } from '@/features/calls/call-screen';

export const metadata: Metadata = { title: 'Call' };

/** Builds one page for every id; the server maps all ids to it (ADR 30). */
export const generateStaticParams = () => [{ id: '_' }];

export default function CallPage() {
  return <CallScreen />;
}
