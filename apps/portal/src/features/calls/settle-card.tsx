'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field, INPUT } from '@/components/ui/field';
import type { RunDetail, Step } from '@/features/runs/queries';
import { classes } from '@/lib/classes';
import { notify } from '@/lib/notify';
import { requestedTime } from '@/lib/requested-time';
import { refreshRun, settle } from './queries';
import { sentId, settledOutput } from './settlement';
import type { Story } from './story';
import { functionName, providerName } from './words';

interface Props {
  run: RunDetail;
  step: Step;
  story: Story;
}

const titleOf = (step: Step): string => {
  const input = step.input as { title?: unknown } | null;
  return typeof input?.title === 'string' ? input.title : '';
};

/**
 * Asks a person whether the step was done, who checks that at the provider; the run continues, and nothing happens
 * twice.
 */
export function SettleCard({ run, step, story }: Props) {
  const queries = useQueryClient();
  const booking = step.call === 'calendar.book';
  const provider = run.blockedBy ? providerName(run.blockedBy) : 'the provider';
  const thing = functionName(step.call, step.name).toLowerCase();
  const [done, setDone] = useState<boolean | null>(null);
  const [id, setId] = useState(() => sentId(step));
  const [missing, setMissing] = useState(false);
  const saving = useMutation({
    mutationFn: (was: boolean) =>
      settle(
        run.id,
        step.name,
        was ? settledOutput(step, id.trim(), { zone: story.zone, locale: story.locale }) : null,
      ),
    onSuccess: async () => {
      notify({ text: 'Settled: the run continues' });
      await refreshRun(queries);
    },
  });
  const submit = () => {
    if (done === null) return;
    if (done && id.trim() === '') setMissing(true);
    else saving.mutate(done);
  };
  const was = booking ? 'booked' : 'done';
  return (
    <Card aria-label="Settle" className="mt-4">
      <div className="p-5">
        <h2 className="text-section">{booking ? 'Is it in the calendar?' : `Was it done at ${provider}?`}</h2>
        <p className="mt-1 text-fg-2">
          Check {provider} {booking ? 'on' : 'for the'}{' '}
          <span className="font-semibold text-fg">{booking ? requestedTime(story.requested, story.zone) : thing}</span>
          {titleOf(step) && <> for “{titleOf(step)}”</>}.
        </p>
        <fieldset className="mt-3 grid gap-3 md:grid-cols-2">
          <legend className="sr-only">What happened at {provider}</legend>
          <Choice
            checked={done === true}
            title={`It was ${was}`}
            detail={`The run continues with what comes next. Nothing is ${was} again.`}
            onChoose={() => setDone(true)}
          >
            {done === true && (
              <div className="mt-3 pl-7">
                <Field
                  label={booking ? 'Event ID in the calendar' : 'ID at the provider'}
                  hint="Filled in where the request named one."
                  error={missing ? 'Give the ID that the provider shows.' : null}
                >
                  {(attributes) => (
                    <input
                      {...attributes}
                      className={classes(INPUT, 'font-mono text-code')}
                      value={id}
                      maxLength={256}
                      onChange={(event) => {
                        setId(event.target.value);
                        setMissing(false);
                      }}
                    />
                  )}
                </Field>
              </div>
            )}
          </Choice>
          <Choice
            checked={done === false}
            title={`It was not ${was}`}
            detail={`The run does it now, at most once, then continues.`}
            onChoose={() => setDone(false)}
          />
        </fieldset>
        {saving.error && (
          <p role="alert" className="mt-3 text-bad">
            {saving.error.message}
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-3">
        <span className="text-second text-fg-2">Recorded in the audit log</span>
        <Button kind="primary" disabled={done === null || saving.isPending} onClick={submit}>
          {done === null ? 'Settle' : `Settle as ${done ? was : `not ${was}`}`}
        </Button>
      </div>
    </Card>
  );
}

interface ChoiceProps {
  checked: boolean;
  title: string;
  detail: string;
  onChoose: () => void;
  children?: ReactNode;
}

function Choice({ checked, title, detail, onChoose, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className={classes('rounded-inner border p-3', checked ? 'border-brand bg-row' : 'border-line-strong')}>
      <div className="flex gap-3">
        <input
          id={id}
          aria-describedby={`${id}-detail`}
          type="radio"
          name="settled"
          checked={checked}
          onChange={onChoose}
          className="mt-0.5 size-4 shrink-0 accent-(--brand)"
        />
        <div>
          <label htmlFor={id} className="block cursor-pointer font-medium">
            {title}
          </label>
          <p id={`${id}-detail`} className="text-fg-2">
            {detail}
          </p>
        </div>
      </div>
      {children}
    </div>
  );
}
