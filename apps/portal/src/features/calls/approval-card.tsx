'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card, CardHead } from '@/components/ui/card';
import { Field, INPUT } from '@/components/ui/field';
import type { RunDetail, Step } from '@/features/runs/queries';
import { notify } from '@/lib/notify';
import { decide, refreshRun } from './queries';

const MAX_CHARACTERS = 1000;

function questionOf(step: Step): string {
  const question = (step.input as { question?: unknown } | null)?.question;
  return typeof question === 'string' ? question : 'The run asks for a decision.';
}

/** Shows the question for which the run waits, and its two answers. A rejection needs a reason. */
export function ApprovalCard({ run, step }: { run: RunDetail; step: Step }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const answer = useMutation({
    mutationFn: (decision: 'approve' | 'reject') => decide(run.id, step.name, decision, reason.trim()),
    onSuccess: async (_, decision) => {
      notify({ text: decision === 'approve' ? 'Approved: the run continues' : 'Rejected' });
      await refreshRun(queries);
    },
  });
  const reject = () => {
    if (reason.trim() === '') setMissing(true);
    else answer.mutate('reject');
  };
  return (
    <Card aria-label="Decision" className="mt-4">
      <CardHead title="A decision is needed" />
      <div className="p-5">
        <p className="text-section">{questionOf(step)}</p>
        <div className="mt-4 max-w-160">
          <Field
            label="Reason"
            hint="Kept in the audit log; a rejection needs one."
            error={missing ? 'Say why you reject it.' : (answer.error?.message ?? null)}
          >
            {(attributes) => (
              <input
                {...attributes}
                className={INPUT}
                value={reason}
                maxLength={MAX_CHARACTERS}
                onChange={(event) => {
                  setReason(event.target.value);
                  setMissing(false);
                }}
              />
            )}
          </Field>
        </div>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button kind="primary" disabled={answer.isPending} onClick={() => answer.mutate('approve')}>
            <Check aria-hidden size={14} /> Approve
          </Button>
          <Button kind="danger" disabled={answer.isPending} onClick={reject}>
            <X aria-hidden size={14} /> Reject
          </Button>
        </div>
      </div>
    </Card>
  );
}
