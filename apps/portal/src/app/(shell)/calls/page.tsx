import type { Metadata } from 'next';
import { CallsScreen } from '@/features/calls/calls-screen';

export const metadata: Metadata = { title: 'Calls' };

export default function CallsPage() {
  return <CallsScreen />;
}
