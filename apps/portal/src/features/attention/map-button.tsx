'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { holds, useClients, useMe } from '@/api/queries';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, INPUT } from '@/components/ui/field';
import { notify } from '@/lib/notify';
import { useAct } from '@/lib/use-act';
import { mapRoute, type AttentionLine } from './queries';

/** Opens the choice of the client to which an agent, a number or a location belongs. */
export function MapButton({ line }: { line: AttentionLine }) {
  const me = useMe();
  const [isOpen, open] = useState(false);
  if (!holds(me.data, 'operate:ingress')) return null;
  return (
    <>
      <button
        type="button"
        onClick={() => open(true)}
        className="flex shrink-0 items-center gap-1 font-medium text-link after:absolute after:inset-0"
      >
        Map <span className="sr-only">{line.title}</span> <ArrowRight aria-hidden size={14} />
      </button>
      {isOpen && <MapDialog line={line} onClose={() => open(false)} />}
    </>
  );
}

function MapDialog({ line, onClose }: { line: AttentionLine; onClose: () => void }) {
  const queries = useQueryClient();
  const clients = useClients();
  const [clientId, choose] = useState('');
  const { isBusy, failure, act } = useAct();
  const { connectionId = null, kind = null, externalId = null } = line.action.body;
  const save = async () => {
    await mapRoute({ clientId, connectionId, kind, externalId });
    await queries.invalidateQueries({ queryKey: ['attention'] });
    notify({ text: 'Mapped: the events that waited are handed over' });
    onClose();
  };
  return (
    <Dialog title="Map to a client" onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void act(save);
        }}
      >
        <p>
          {line.title}. {line.detail}
        </p>
        <Field label="Client" error={failure}>
          {(attributes) => (
            <select
              {...attributes}
              required
              className={INPUT}
              value={clientId}
              onChange={(event) => choose(event.target.value)}
            >
              <option value="">Choose…</option>
              {clients.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Button kind="primary" type="submit" disabled={isBusy || clientId === ''}>
          Map
        </Button>
      </form>
    </Dialog>
  );
}
