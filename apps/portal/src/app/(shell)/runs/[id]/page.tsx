import type { Metadata } from 'next';
import { RunScreen } from '@/features/calls/run-screen';

export const metadata: Metadata = { title: 'Run' };

/** Builds one page for every id; the server maps all ids to it (ADR 30). */
export const generateStaticParams = () => [{ id: '_' }];

export default function RunPage() {
  return <RunScreen />;
}
