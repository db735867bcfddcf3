'use client';

import Link from 'next/link';
import { useRef } from 'react';
import type { Client } from '@/api/queries';
import type { RunSummary } from '@/features/runs/queries';
import { parkedRow } from './parked-row';
import { Sentence } from '@/components/sentence';
import { formatZone, viewerZone } from '@/lib/format';
import { moveInList } from '@/shell/keys';
import { scoped } from '@/shell/navigation';

interface Props {
  runs: RunSummary[];
  clients: Client[];
  client: string | null;
}

const HEAD = 'px-4 py-2 text-left font-normal text-second text-fg-2';

/** A table on a wide screen, cards on a phone. Every row is a link. */
export function ParkedRuns({ runs, clients, client }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const zone = clients.find((one) => one.id === client)?.timeZone ?? viewerZone();
  const rows = runs.map((run) => parkedRow(run, clients, zone));
  return (
    <div
      ref={list}
      onKeyDown={(event) => {
        if (event.key === 'j' || event.key === 'k') moveInList(list.current, event.key === 'j' ? 1 : -1);
      }}
      role="presentation"
    >
      <table className="w-full table-fixed max-md:hidden">
        <caption className="sr-only">Runs that stopped for this reason</caption>
        <thead className="border-b border-line bg-sunken">
          <tr>
            <th scope="col" className={`${HEAD} w-48`}>
              <span title={formatZone(zone)}>Parked</span>
            </th>
            <th scope="col" className={HEAD}>
              Caller
            </th>
            <th scope="col" className={`${HEAD} w-36`}>
              Client
            </th>
            <th scope="col" className={`${HEAD} w-46`}>
              Requested
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="relative h-11 border-b border-line last:border-0 hover:bg-hover">
              <td className="truncate px-4 text-fg-2" title={row.parkedTitle}>
                {row.parked}
              </td>
              <td className="truncate px-4" title={row.sentence}>
                <Link
                  data-row
                  href={scoped(`/runs/${row.id}`, client)}
                  prefetch={false}
                  className="font-medium after:absolute after:inset-0 focus-visible:outline-offset-0"
                >
                  {row.caller}
                </Link>
                {row.phone && <span className="ml-2 text-fg-2">{row.phone}</span>}
              </td>
              <td className="truncate px-4 text-fg-2">{row.client}</td>
              <td className="truncate px-4">{row.requested}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="md:hidden">
        {rows.map((row) => (
          <li key={row.id} className="relative border-b border-line px-4 py-3 last:border-0">
            <div className="flex justify-between gap-3">
              <Link
                href={scoped(`/runs/${row.id}`, client)}
                prefetch={false}
                className="text-section after:absolute after:inset-0"
              >
                {row.caller}
              </Link>
              <span className="shrink-0 text-fg-2">{row.parked}</span>
            </div>
            <p>{row.requested}</p>
            <p className="text-second text-fg-2">
              <Sentence text={`${row.sentence} · ${row.client}`} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
