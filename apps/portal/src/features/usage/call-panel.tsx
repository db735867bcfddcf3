'use client';

import { useQuery } from '@tanstack/react-query';
import { useClients } from '@/api/queries';
import { CopyId } from '@/components/copy-id';
import { Failed, Skeleton } from '@/components/list/states';
import { Dialog } from '@/components/ui/dialog';
import { When } from '@/components/when';
import { classes } from '@/lib/classes';
import { formatZoneShort, plural } from '@/lib/format';
import { formatDate } from '@/lib/days';
import { formatExactly, formatMinutes } from './amount';
import { callQuery, type CallDetails } from './queries';
import { zoneOf } from './zone';

const STATEMENT = 'mt-1 max-h-80 overflow-auto rounded-inner bg-sunken p-3 font-mono text-code';
const HEAD = 'py-1.5 pr-3 text-left font-normal text-second text-fg-2';

/** Shows a call and the reasons for its cost; the agency also sees its records and the provider's statements. */
export function CallPanel({ callId, onClose }: { callId: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(callQuery(callId));
  return (
    <Dialog title="Call" onClose={onClose} sheet>
      {!data && error && <Failed error={error} what="call" onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={6} label="the call" />}
      {data && (
        <div className="flex flex-col gap-6">
          <Facts details={data} />
          <Why details={data} />
          <Records details={data} />
          <Statements details={data} />
        </div>
      )}
    </Dialog>
  );
}

function Facts({ details: { call } }: { details: CallDetails }) {
  const clients = useClients();
  const client = clients.find(({ id }) => id === call.clientId);
  const zone = zoneOf(call, client);
  const facts: [string, React.ReactNode][] = [
    ['Call', <CopyId key="id" value={call.callId} label="Call ID" />],
    [
      'Began',
      <span key="at">
        <When at={call.at} where={{ zone }} /> ({formatZoneShort(call.at, zone)})
      </span>,
    ],
    ['Client', client?.name ?? call.clientId ?? 'No client'],
    ['Day', formatDate(call.day)],
    ['Talked', formatMinutes(call.talkSeconds)],
    ['Billed', formatMinutes(call.billedSeconds)],
    ...(call.price ? [['Price', formatExactly(call.price)] as [string, React.ReactNode]] : []),
    ...(call.cost ? [['Cost', formatExactly(call.cost)] as [string, React.ReactNode]] : []),
    ['Agent', call.agentId ? `${call.agentId}${call.release === null ? '' : `, version ${call.release}`}` : 'None'],
  ];
  return (
    <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-fg-2">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Why({ details: { why } }: { details: CallDetails }) {
  if (!why) return null;
  return (
    <section>
      <h3 className="text-section">Why it cost this</h3>
      {why.length === 0 && <p className="mt-1 text-fg-2">The products at their prices, for the time of the call.</p>}
      <ul className="mt-1 flex flex-col gap-1.5">
        {why.map((reason) => (
          <li key={`${reason.code} ${reason.sentence}`}>{reason.sentence}</li>
        ))}
      </ul>
    </section>
  );
}

function Records({ details: { records } }: { details: CallDetails }) {
  if (!records) return null;
  const reversed = new Set(records.flatMap((one) => (one.reverses ? [`${one.clientId} ${one.reverses}`] : [])));
  return (
    <section>
      <h3 className="text-section">{plural(records.length, 'record')}</h3>
      <div className="mt-1 overflow-x-auto" tabIndex={0} role="region" aria-label="Records">
        <table className="w-full">
          <thead className="border-b border-line">
            <tr>
              <th scope="col" className={HEAD}>
                Number
              </th>
              <th scope="col" className={HEAD}>
                Product
              </th>
              <th scope="col" className={`${HEAD} text-right`}>
                Quantity
              </th>
              <th scope="col" className={`${HEAD} text-right`}>
                Cost
              </th>
              <th scope="col" className={HEAD}>
                Reason
              </th>
            </tr>
          </thead>
          <tbody>
            {records.map((record) => {
              const place = `${record.seq}/${record.n}`;
              const counts = record.reverses === null && !reversed.has(`${record.clientId} ${place}`);
              return (
                <tr
                  key={`${record.clientId} ${place}`}
                  className={classes('border-b border-line last:border-0', !counts && 'text-fg-3')}
                >
                  <td className="py-1.5 pr-3">{place}</td>
                  <td className="py-1.5 pr-3">
                    {record.product}
                    {record.leg > 0 && ' (after the transfer)'}
                  </td>
                  <td className="py-1.5 pr-3 text-right">{record.quantity}</td>
                  <td className="py-1.5 pr-3 text-right">{record.cost.amount}</td>
                  <td className="py-1.5">{record.reverses ? `reverses ${record.reverses}` : record.reason}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Statements({ details: { statements } }: { details: CallDetails }) {
  if (!statements) return null;
  return (
    <section>
      <h3 className="text-section">What the provider stated</h3>
      {statements.map((statement) => (
        <details key={statement.revision} className="mt-2">
          <summary>
            {statement.outcome}, <When at={statement.recordedAt} />
          </summary>
          <div tabIndex={0} role="region" aria-label={`Statement ${statement.revision}`} className={STATEMENT}>
            <pre>{JSON.stringify(statement.statement, null, 2)}</pre>
          </div>
        </details>
      ))}
    </section>
  );
}
