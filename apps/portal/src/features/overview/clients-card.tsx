import Link from 'next/link';
import type { Client } from '@/api/queries';
import { Card, CardHead, Count } from '@/components/ui/card';
import type { Figures } from '@/features/insights/queries';
import { formatCount } from '@/lib/format';
import { initials } from '@/lib/initials';
import type { PeriodKey } from '@/lib/period';
import { formatRate } from './rates';

const MAX_ROWS = 20;
const HEAD = 'h-9 px-4 text-second font-medium text-fg-2';
const NUMBER = 'px-4 text-right max-md:px-2';

/** Shows the clients with the most calls: how many were booked, and the way to them. */
export function ClientsCard({
  rows,
  clients,
  period,
}: {
  rows: Figures['rows'];
  clients: Client[];
  period: PeriodKey;
}) {
  const known = clients.map((client) => ({ client, sums: rows.find((row) => row.key === client.id)?.sums }));
  const sorted = known.sort((one, other) => (other.sums?.calls ?? 0) - (one.sums?.calls ?? 0)).slice(0, MAX_ROWS);
  return (
    <Card aria-label="Clients">
      <CardHead title="Clients">
        <Count>{formatCount(clients.length)}</Count>
      </CardHead>
      <table className="w-full table-fixed">
        <caption className="sr-only">Clients, those with the most calls first</caption>
        <thead className="border-b border-line bg-sunken">
          <tr>
            <th scope="col" className={`${HEAD} text-left`}>
              Client
            </th>
            <th scope="col" className={`${HEAD} w-28 text-right max-md:w-16 max-md:px-2`}>
              Calls
            </th>
            <th scope="col" className={`${HEAD} w-28 text-right max-md:w-18 max-md:px-2`}>
              Booked
            </th>
            <th scope="col" className={`${HEAD} w-36 text-right max-md:w-18 max-md:px-2`}>
              Rate
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ client, sums }) => (
            <tr key={client.id} className="relative h-11 border-b border-line last:border-0 hover:bg-hover">
              <td className="px-4 max-md:px-4">
                <span className="flex items-center gap-3">
                  <span
                    aria-hidden
                    className="flex size-7 shrink-0 items-center justify-center rounded-control bg-selected text-[11px] font-semibold text-fg-2 max-md:hidden"
                  >
                    {initials(client.name).charAt(0)}
                  </span>
                  <span className="min-w-0">
                    <Link
                      href={`/calls?from=${period}&client=${encodeURIComponent(client.id)}`}
                      prefetch={false}
                      className="block truncate font-medium after:absolute after:inset-0"
                    >
                      {client.name}
                    </Link>
                    <span className="block truncate text-second text-fg-2">{client.timeZone.replaceAll('_', ' ')}</span>
                  </span>
                </span>
              </td>
              <td className={NUMBER}>{formatCount(sums?.calls ?? 0)}</td>
              <td className={NUMBER}>{formatCount(sums?.booked ?? 0)}</td>
              <td className={`${NUMBER} font-medium`}>{formatRate(sums?.booked ?? 0, sums?.calls ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
