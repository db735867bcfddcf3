'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { holds, useMe } from '@/api/queries';
import { Loaded } from '@/components/list/loaded';
import { Sentence } from '@/components/sentence';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, INPUT } from '@/components/ui/field';
import { providerName } from '@/features/calls/words';
import { notify } from '@/lib/notify';
import { useAct } from '@/lib/use-act';
import {
  asksConsent,
  beginConsent,
  connectionsQuery,
  enterSecrets,
  isBroken,
  keysOf,
  type Connection,
} from './queries';

interface Props {
  select: { connectionId: string } | { provider: string };
  onClose: () => void;
}

const matches = (select: Props['select'], { id, provider }: Connection): boolean =>
  'connectionId' in select ? select.connectionId === id : select.provider === provider;

/** Leads to the mending of a broken account: consent on the provider's page, or new keys. */
export function ConnectDialog({ select, onClose }: Props) {
  const me = useMe();
  const mayConnect = holds(me.data, 'write:connections');
  const query = useQuery({ ...connectionsQuery, enabled: mayConnect });
  return (
    <Dialog title="Connect the account again" onClose={onClose}>
      {mayConnect ? (
        <Loaded query={query} what="connections" rows={2}>
          {({ items }) => (
            <Broken connections={items.filter((one) => matches(select, one) && isBroken(one))} onClose={onClose} />
          )}
        </Loaded>
      ) : (
        <p>
          You may not change connections. Ask an administrator of your agency to connect the account again; then replay
          what stopped.
        </p>
      )}
    </Dialog>
  );
}

function Broken({ connections, onClose }: { connections: Connection[]; onClose: () => void }) {
  const [chosen, choose] = useState<string | null>(null);
  const connection = connections.find(({ id }) => id === chosen) ?? connections[0];
  if (!connection) return <p>The account is connected again. What stopped can be replayed.</p>;
  return (
    <div className="flex flex-col gap-4">
      {connections.length > 1 && (
        <Field label="Account" hint="More than one account of this provider is not connected.">
          {(attributes) => (
            <select
              {...attributes}
              className={INPUT}
              value={connection.id}
              onChange={(event) => choose(event.target.value)}
            >
              {connections.map(({ id, name, account }) => (
                <option key={id} value={id}>
                  {account ? `${name} (${account})` : name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <p>
        <span className="font-medium">{connection.name}</span>
        {connection.sentence && (
          <span className="block text-fg-2">
            <Sentence text={connection.sentence} />
          </span>
        )}
      </p>
      {asksConsent(connection) ? (
        <Consent key={connection.id} connection={connection} />
      ) : (
        <Keys key={connection.id} connection={connection} onDone={onClose} />
      )}
    </div>
  );
}

function Consent({ connection }: { connection: Connection }) {
  const { isBusy, failure, act } = useAct();
  const provider = providerName(connection.provider);
  return (
    <>
      <p className="text-fg-2">
        The owner of the account gives access on {provider}’s own page. You then come back to the overview.
      </p>
      {failure && (
        <p role="alert" className="text-bad">
          {failure}
        </p>
      )}
      <Button
        kind="primary"
        disabled={isBusy}
        onClick={() => void act(async () => window.location.assign(await beginConsent(connection.id)))}
      >
        <ExternalLink aria-hidden size={14} /> Continue to {provider}
      </Button>
    </>
  );
}

const inWords = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

function Keys({ connection, onDone }: { connection: Connection; onDone: () => void }) {
  const queries = useQueryClient();
  const { isBusy, failure, act } = useAct();
  const [values, setValues] = useState<Record<string, string>>({});
  const entered = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
  const save = async () => {
    const { name } = await enterSecrets(connection.id, entered);
    await Promise.all(['connections', 'attention'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    notify({ text: `${name}: the key is saved and being tested` });
    onDone();
  };
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void act(save);
      }}
    >
      {keysOf(connection).map((name) => (
        <Field key={name} label={inWords(name)} hint={`As ${providerName(connection.provider)} shows it.`}>
          {(attributes) => (
            <input
              {...attributes}
              type="password"
              autoComplete="off"
              className={INPUT}
              maxLength={4096}
              value={values[name] ?? ''}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {failure && (
        <p role="alert" className="text-bad">
          {failure}
        </p>
      )}
      <Button kind="primary" type="submit" disabled={isBusy || Object.keys(entered).length === 0}>
        Save and test
      </Button>
    </form>
  );
}
