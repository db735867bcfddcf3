'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleDashed, Play, RotateCcw, Search, ShieldCheck, UserRound, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { holds, useMe } from '@/api/queries';
import { Failed, Skeleton } from '@/components/list/states';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, INPUT } from '@/components/ui/field';
import { flowQuery, type RunDetail } from '@/features/runs/queries';
import { classes } from '@/lib/classes';
import { notify } from '@/lib/notify';
import { useQueryParam } from '@/lib/use-query-param';
import { previewQuery, refreshRun, startReplay, type PlannedStep, type ReplayRequest } from './queries';
import { functionName } from './words';

interface Fate {
  word: string;
  icon: LucideIcon;
  acts: boolean;
}

const FATES: Record<PlannedStep['fate'], Fate> = {
  reused: { word: 'Reused', icon: RotateCcw, acts: false },
  looked_up_first: { word: 'Looked up first', icon: Search, acts: true },
  waits_for_person: { word: 'Waits for a person', icon: UserRound, acts: false },
  runs: { word: 'Will run', icon: Play, acts: true },
  reused_if_reached: { word: 'Reused if reached', icon: RotateCcw, acts: false },
  looked_up_if_reached: { word: 'Looked up if reached', icon: Search, acts: false },
  runs_if_reached: { word: 'Runs if reached', icon: CircleDashed, acts: false },
};

interface Props {
  run: RunDetail;
  /** Whether the panel opens at the input. */
  edit: boolean;
  onClose: () => void;
}

function parse(text: string): { value: unknown; error: string | null } {
  try {
    return { value: JSON.parse(text) as unknown, error: null };
  } catch (broken) {
    return { value: null, error: `This is no JSON: ${(broken as Error).message}` };
  }
}

/** Previews a replay, then starts it. Any change is previewed anew; nothing is sent before the last button. */
export function ReplayPanel({ run, edit, onClose }: Props) {
  const me = useMe();
  const queries = useQueryClient();
  const [, setPass] = useQueryParam('pass');
  const [version, setVersion] = useState(run.flow.version);
  const [repeat, setRepeat] = useState<string[]>([]);
  const [editing, setEditing] = useState(edit);
  const [text, setText] = useState(() => JSON.stringify(run.input, null, 2));
  const [checked, setChecked] = useState(text);
  const [reason, setReason] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const input = parse(checked);
  const original = JSON.stringify(run.input, null, 2);
  const request: ReplayRequest = {
    version: version === run.flow.version ? null : version,
    input: checked === original ? null : input.value,
    repeat,
    reason: reason.trim() || null,
  };
  const flow = useQuery({ ...flowQuery(run.flowId), enabled: holds(me.data, 'read:flows') });
  const preview = useQuery({ ...previewQuery(run.id, { ...request, reason: null }), enabled: input.error === null });
  const replay = useMutation({
    mutationFn: () => startReplay(run.id, request, key),
    onSuccess: async () => {
      notify({ text: 'The replay has begun' });
      setPass(null);
      onClose();
      await refreshRun(queries);
    },
  });
  const versions = flow.data?.versions.map((one) => one.version) ?? [run.flow.version];
  const fromStep = repeat[0] ?? '';
  const chooseFrom = (name: string) => {
    const names = run.calls.map((call) => call.name);
    setRepeat(name === '' ? [] : names.slice(names.indexOf(name)));
  };
  return (
    <Dialog title="Replay run" sheet onClose={onClose}>
      <div className="flex flex-col gap-4 pb-20">
        <div className="grid gap-4 md:grid-cols-2">
          <Field label="Flow version">
            {(attributes) => (
              <select
                {...attributes}
                className={INPUT}
                value={version}
                onChange={(event) => setVersion(event.target.value)}
              >
                {versions.map((one) => (
                  <option key={one} value={one}>
                    {one === run.flow.version ? `${one}, as it ran` : one}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Repeat from">
            {(attributes) => (
              <select
                {...attributes}
                className={INPUT}
                value={fromStep}
                onChange={(event) => chooseFrom(event.target.value)}
              >
                <option value="">Nothing that was done</option>
                {run.calls.map((call) => (
                  <option key={call.name} value={call.name}>
                    {call.name}: {functionName(call.call, call.name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        {editing ? (
          <Field label="Input" error={input.error} hint="Checked when you leave the field. The transcript is kept.">
            {(attributes) => (
              <textarea
                {...attributes}
                rows={12}
                spellCheck={false}
                className={classes(INPUT, 'py-2 font-mono text-code')}
                value={text}
                onChange={(event) => setText(event.target.value)}
                onBlur={() => setChecked(text)}
              />
            )}
          </Field>
        ) : (
          <div className="flex items-center justify-between">
            <span className="font-medium">Input: as it was</span>
            <Button kind="ghost" size="small" onClick={() => setEditing(true)}>
              Edit
            </Button>
          </div>
        )}
        <section aria-label="Preview">
          <div className="flex items-baseline justify-between border-b border-line pb-2">
            <h3 className="text-section">Preview</h3>
            <span className="text-second text-fg-2">Nothing has been sent</span>
          </div>
          {preview.error ? (
            <Failed error={preview.error} what="the preview" onRetry={() => void preview.refetch()} />
          ) : preview.data ? (
            <Plan
              steps={preview.data.steps}
              onRepeat={(name) => setRepeat((before) => (before.includes(name) ? before : [...before, name]))}
            />
          ) : (
            <Skeleton rows={3} label="the preview" />
          )}
        </section>
        <p className="flex gap-3 rounded-inner border border-ok-solid/30 bg-ok-soft p-3 text-ok">
          <ShieldCheck aria-hidden size={16} className="mt-0.5 shrink-0" />
          Completed steps are never repeated. To run one again on purpose, choose Repeat.
        </p>
        <Field label="Reason (kept in the audit log)" error={replay.error?.message ?? null}>
          {(attributes) => (
            <input
              {...attributes}
              className={INPUT}
              value={reason}
              maxLength={1000}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="fixed right-0 bottom-0 flex w-130 max-w-full flex-wrap items-center justify-end gap-2 border-t border-line bg-surface px-5 py-3 max-md:w-full">
        <span className="mr-auto text-second text-fg-2 max-md:hidden">
          Pass {run.pass + 2} · recorded in the audit log
        </span>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          kind="primary"
          disabled={!preview.data || preview.isFetching || input.error !== null || text !== checked || replay.isPending}
          onClick={() => replay.mutate()}
        >
          <RotateCcw aria-hidden size={14} /> Replay run
        </Button>
      </div>
    </Dialog>
  );
}

function Plan({ steps, onRepeat }: { steps: PlannedStep[]; onRepeat: (name: string) => void }) {
  return (
    <ul>
      {steps.map((step, index) => {
        const { word, icon: Icon, acts } = FATES[step.fate];
        return (
          <li key={`${step.task} ${index}`} className="flex items-start gap-3 border-b border-line py-3">
            <Icon
              aria-hidden
              size={16}
              className={classes('mt-0.5 shrink-0', acts ? 'text-info-solid' : 'text-fg-3')}
            />
            <div className="min-w-0 flex-1">
              <p className="font-medium">{functionName(step.call, step.task)}</p>
              <p className="text-second text-fg-2">{step.sentence}</p>
            </div>
            {step.fate === 'reused' && step.call && (
              <Button kind="ghost" size="small" onClick={() => onRepeat(step.task)}>
                Repeat
              </Button>
            )}
            <span
              className={classes(
                'rounded-full border px-2 text-second font-medium whitespace-nowrap',
                acts ? 'border-info-solid/30 bg-info-soft text-info' : 'border-line-strong bg-selected text-fg-2',
              )}
            >
              {word}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
