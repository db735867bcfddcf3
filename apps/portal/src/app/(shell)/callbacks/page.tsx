import type { Metadata } from 'next';
import { CallbacksScreen } from '@/features/callbacks/callbacks-screen';

export const metadata: Metadata = { title: 'Call back' };

export default function CallbacksPage() {
  return <CallbacksScreen />;
}
