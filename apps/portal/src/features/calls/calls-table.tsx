'use client';

import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Fragment, useMemo, useRef } from 'react';
import { OutcomeChip } from '@/components/state-chip';
import { classes } from '@/lib/classes';
import { formatLongDate } from '@/lib/days';
import { formatZone } from '@/lib/format';
import { moveInList, useLetters } from '@/shell/keys';
import { scoped } from '@/shell/navigation';
import type { CallRow } from './call-row';

const features = tableFeatures({});
const column = createColumnHelper<typeof features, CallRow>();

/** The width of a column, and its place in a phone's card; total over the columns. */
const LOOKS: Record<string, { head: string; cell: string }> = {
  time: { head: 'w-25', cell: 'text-fg-2 max-md:[grid-area:time] max-md:text-right' },
  caller: { head: 'w-40', cell: 'max-md:[grid-area:caller]' },
  client: { head: 'w-34', cell: 'text-fg-2 max-md:hidden' },
  outcome: { head: 'w-50', cell: 'max-md:[grid-area:outcome]' },
  requested: { head: 'w-44', cell: 'max-md:[grid-area:requested] max-md:text-fg-2' },
  details: { head: '', cell: 'max-md:[grid-area:details] max-md:text-second' },
  duration: { head: 'w-22 text-right', cell: 'text-right text-fg-2 max-md:hidden' },
};
const CARD =
  'max-md:grid max-md:h-auto max-md:grid-cols-[auto_minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-2 max-md:gap-y-1 max-md:p-4 ' +
  "max-md:[grid-template-areas:'caller_caller_time'_'outcome_requested_requested'_'details_details_details']";

interface Props {
  rows: CallRow[];
  zone: string;
  /** The filters of the list, which a call's page keeps for previous and next. */
  list: string;
  client: string | null;
  withClient: boolean;
}

/** Shows calls by day: a table, on a phone cards. J and K walk the rows, Enter opens one. */
export function CallsTable({ rows, zone, list, client, withClient }: Props) {
  const element = useRef<HTMLTableElement>(null);
  useLetters({ j: () => moveInList(element.current, 1), k: () => moveInList(element.current, -1) });
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor('time', {
          header: 'Time',
          cell: ({ row }) => <span title={row.original.timeTitle}>{row.original.time}</span>,
        }),
        column.accessor('caller', {
          header: 'Caller',
          cell: ({ row }) => <Caller row={row.original} href={scoped(hrefOf(row.original, list), client)} />,
        }),
        ...(withClient ? [column.accessor('client', { header: 'Client' })] : []),
        column.accessor('outcome', {
          header: 'Outcome',
          cell: ({ row }) => <OutcomeChip outcome={row.original.outcome} />,
        }),
        column.accessor('requested', { header: 'Requested' }),
        column.accessor('details', {
          header: 'Details',
          cell: ({ row }) => <Details row={row.original} withClient={withClient} />,
        }),
        column.accessor('duration', { header: 'Duration' }),
      ]),
    [list, client, withClient],
  );
  const table = useTable({ features, columns, data: rows, getRowId: (row) => row.id });
  const [head] = table.getHeaderGroups();
  const all = table.getRowModel().rows;
  return (
    <table ref={element} className="w-full table-fixed max-md:block">
      <caption className="sr-only">Calls, the newest first</caption>
      <thead className="border-b border-line bg-sunken max-md:sr-only">
        <tr>
          {head?.headers.map((header) => (
            <th
              key={header.id}

              scope="col"
              className={classes('h-9 px-4 text-left text-second font-medium text-fg-2', LOOKS[header.id]?.head)}
            >
              <table.FlexRender header={header} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {all.map((row, index) => {
          const { day } = row.original;
          return (
            <Fragment key={row.id}>
              {day !== all[index - 1]?.original.day && (
                <tr className="border-b border-line bg-canvas max-md:block">
                  <th
                    scope="rowgroup"
                    colSpan={columns.length}
                    className="h-7 px-4 text-left text-second font-normal text-fg-2 max-md:flex max-md:items-center"
                  >
                    {formatLongDate(day)} · {formatZone(zone)}
                  </th>
                </tr>
              )}
              <tr className={classes('relative h-11 border-b border-line last:border-0 hover:bg-hover', CARD)}>
                {row.getAllCells().map((cell) => (
                  <td
                    key={cell.id}

                    className={classes('truncate px-4 max-md:px-0', LOOKS[cell.column.id]?.cell)}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

const hrefOf = ({ id }: CallRow, list: string): string =>
  `/calls/${encodeURIComponent(id)}?list=${encodeURIComponent(list)}`;

function Caller({ row, href }: { row: CallRow; href: string }) {
  return (
    <>
      <Link
        data-row
        href={href}
        prefetch={false}
        className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-offset-0 max-md:text-section"
      >
        {row.caller}
      </Link>
      {row.phone && <span className="block truncate text-second text-fg-2 max-md:hidden">{row.phone}</span>}
    </>
  );
}

function Details({ row, withClient }: { row: CallRow; withClient: boolean }) {
  return (
    <span className={classes('flex items-center gap-1.5', row.tone === 'warn' ? 'text-warn' : 'text-fg-2')}>
      {row.tone === 'warn' && <TriangleAlert aria-hidden size={14} className="shrink-0" />}
      <span className="truncate" title={row.sentence || row.details}>
        {row.details}
        {withClient && (
          <span className="md:hidden">
            {row.details && ' · '}
            {row.client}
          </span>
        )}
      </span>
    </span>
  );
}
