'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { providerName } from '@/features/usage/provider';
import { collectionsQuery } from '@/features/usage/queries';
import { notify } from '@/lib/notify';
import { upload } from './queries';

const FIELD =
  'mt-1 block h-8 w-full rounded-control border border-line-strong bg-surface px-2 max-md:h-11 max-md:text-[16px]';

/** Sends a provider's invoice of a month, as JSON or CSV, and compares it at once. */
export function UploadDialog({ month, onClose }: { month: string; onClose: () => void }) {
  const queries = useQueryClient();
  const ids = useId();
  const { data } = useQuery(collectionsQuery);
  const accounts = [...new Map(data?.items.map((one) => [one.connectionId, one.provider]))];
  const [account, setAccount] = useState<string | null>(null);
  const [document, setDocument] = useState<File | null>(null);
  const connectionId = account ?? accounts[0]?.[0] ?? null;
  const sending = useMutation({
    mutationFn: ({ connection, file }: { connection: string; file: File }) => upload(connection, month, file),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['provider-invoices'] });
      notify({ text: 'The invoice was read and compared' });
      onClose();
    },
  });
  return (
    <Dialog title={`Invoice of ${month}`} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (connectionId !== null && document !== null) sending.mutate({ connection: connectionId, file: document });
        }}
      >
        <label htmlFor={`${ids}-account`}>
          Account
          <select
            id={`${ids}-account`}
            className={FIELD}
            value={connectionId ?? ''}
            onChange={(event) => setAccount(event.target.value)}
          >
            {accounts.map(([id, provider]) => (
              <option key={id} value={id}>
                {providerName(provider)} ({id})
              </option>
            ))}
          </select>
        </label>
        <label htmlFor={`${ids}-document`}>
          The provider’s document, JSON or CSV
          <input
            id={`${ids}-document`}
            type="file"
            accept=".json,.csv,application/json,text/csv"
            className={`${FIELD} py-1`}
            onChange={(event) => setDocument(event.target.files?.[0] ?? null)}
          />
        </label>
        {sending.error && (
          <p role="alert" className="text-bad">
            {sending.error.message}
          </p>
        )}
        <Button
          type="submit"
          kind="primary"
          className="self-end"
          disabled={connectionId === null || document === null || sending.isPending}
        >
          Compare
        </Button>
      </form>
    </Dialog>
  );
}
