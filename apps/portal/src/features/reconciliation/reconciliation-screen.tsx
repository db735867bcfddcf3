'use client';

import { useQuery } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { holds, useMe } from '@/api/queries';
import { Empty, Failed, Skeleton, Stale } from '@/components/list/states';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { readMonth } from '@/features/usage/month';
import { MonthSteps } from '@/features/usage/month-steps';
import { useQueryParams } from '@/lib/use-query-params';
import { usePage } from '@/shell/page';
import { invoicesQuery } from './queries';

const TITLE = 'Reconciliation';
const CallPanel = dynamic(() => import('@/features/usage/call-panel').then((module) => module.CallPanel));
const InvoiceCard = dynamic(() => import('./invoice-card').then((module) => module.InvoiceCard));
const UploadDialog = dynamic(() => import('./upload-dialog').then((module) => module.UploadDialog));

/** Shows providers' invoices of a month beside our records: 0.00, or the classes of differences. */
export function ReconciliationScreen() {
  usePage(TITLE);
  const me = useMe();
  const [address, change] = useQueryParams();
  const [uploading, setUploading] = useState(false);
  const month = readMonth(address.get('month'), new Date());
  const call = address.get('call');
  const mayDecide = holds(me.data, 'post:payments');
  const { data, error, refetch, dataUpdatedAt } = useQuery(invoicesQuery(month.id));
  const invoices = data?.items;
  return (
    <>
      <div className="mb-6 flex flex-wrap items-start justify-between gap-3">
        <div>
          <h1 className="text-page">{TITLE}</h1>
          <p className="mt-1 text-fg-2">Providers’ invoices beside our records, to the last digit</p>
        </div>
        <div className="flex gap-2">
          <MonthSteps month={month} onChange={(id) => change({ month: id, class: null })} />
          {mayDecide && (
            <Button kind="primary" onClick={() => setUploading(true)}>
              <Upload aria-hidden size={14} /> Upload invoice…
            </Button>
          )}
        </div>
      </div>
      {!invoices && error && (
        <Card>
          <Failed error={error} what="providers’ invoices" onRetry={() => void refetch()} />
        </Card>
      )}
      {!invoices && !error && (
        <Card>
          <Skeleton rows={5} label="providers’ invoices" />
        </Card>
      )}
      {invoices && error && <Stale since={dataUpdatedAt} onRetry={() => void refetch()} />}
      {invoices?.length === 0 && (
        <Card>
          <Empty title={`No invoice of ${month.title} was compared`}>
            Download the provider’s invoice and upload it here.
          </Empty>
        </Card>
      )}
      <div className="flex flex-col gap-4">
        {invoices?.map((invoice) => (
          <InvoiceCard
            key={invoice.id}
            invoice={invoice}
            mayDecide={mayDecide && invoice.state !== 'superseded'}
            selected={address.get('class')}
            onSelect={(name) => change({ class: name })}
            onOpen={(id) => change({ call: id })}
          />
        ))}
      </div>
      {uploading && <UploadDialog month={month.id} onClose={() => setUploading(false)} />}
      {call !== null && <CallPanel callId={call} onClose={() => change({ call: null })} />}
    </>
  );
}
