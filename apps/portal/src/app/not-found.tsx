import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonLook } from '@/components/ui/button';
import { Mark } from '@/shell/mark';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFound() {
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center gap-5 px-6 text-center">
      <Mark size={44} />
      <div>
        <h1 className="text-page">Page not found</h1>
        <p className="mt-1 text-fg-2">This address belongs to no page of Patchbay.</p>
      </div>
      <Link href="/" prefetch={false} className={buttonLook({ kind: 'primary' })}>
        Go to the overview
      </Link>
    </main>
  );
}
