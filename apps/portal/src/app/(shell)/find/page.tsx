import type { Metadata } from 'next';
import { FindScreen } from '@/features/calls/find-screen';

export const metadata: Metadata = { title: 'Find a call' };

export default function FindPage() {
  return <FindScreen />;
}
