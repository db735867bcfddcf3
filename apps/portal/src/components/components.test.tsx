import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { ApiError } from '@/api/problems';
import { onNotice } from '@/lib/notify';
import { CopyId, shorten } from './copy-id';
import { Empty, Failed, Skeleton } from './list/states';
import { Sentence } from './sentence';
import { OUTCOME_LOOKS, OutcomeChip, RUN_LOOKS, RunChip, type CallOutcome, type RunStatus } from './state-chip';
import { Button } from './ui/button';
import { Dialog } from './ui/dialog';
import { When } from './when';

it.each(Object.keys(RUN_LOOKS) as RunStatus[])('a run that is %s has a word', (status) => {
  render(<RunChip status={status} />);
  expect(screen.getByText(RUN_LOOKS[status].word)).toBeVisible();
});

it.each(Object.keys(OUTCOME_LOOKS) as CallOutcome[])('a call that is %s has a word', (outcome) => {
  render(<OutcomeChip outcome={outcome} />);
  expect(screen.getByText(OUTCOME_LOOKS[outcome].word)).toBeVisible();
});

it('copies the whole id and says so', async () => {
  const user = userEvent.setup();
  const said: string[] = [];
  const stop = onNotice((notice) => said.push(notice.text));
  render(<CopyId value="cor_01m8p015b3rg5tyqn0jx7wnpmd" label="Correlation ID" />);
  await user.click(screen.getByRole('button', { name: 'Copy correlation id cor_01m8p015b3rg5tyqn0jx7wnpmd' }));
  expect(await navigator.clipboard.readText()).toBe('cor_01m8p015b3rg5tyqn0jx7wnpmd');
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
  await user.click(screen.getByRole('button'));
  stop();
  expect(said[0]).toBe('Correlation ID copied');
  expect(said[1]).toContain('did not allow copying');
  expect(shorten('short')).toBe('short');
});

it('tells a defect, silence, refusal and absence apart', () => {
  const retry = vi.fn();
  const { rerender } = render(<Failed error={new Error('x is undefined')} what="runs" onRetry={retry} />);
  expect(screen.getByRole('alert')).toHaveTextContent('This page has a defect');
  rerender(<Failed error={new ApiError(null, {})} what="runs" onRetry={retry} />);
  expect(screen.getByRole('alert')).toHaveTextContent('did not answer');
  rerender(
    <Failed
      error={new ApiError(403, { detail: 'This needs the permission read:runs.' })}
      what="runs"
      onRetry={retry}
    />,
  );
  expect(screen.getByRole('alert')).toHaveTextContent('You don’t have access to runs');
  rerender(<Failed error={new ApiError(404, {})} what="run" onRetry={retry} />);
  expect(screen.getByRole('alert')).toHaveTextContent('There is no such run');
  rerender(
    <Failed error={new ApiError(500, { detail: 'It broke.', correlationId: 'cor_1' })} what="runs" onRetry={retry} />,
  );
  expect(screen.getByRole('alert')).toHaveTextContent('It broke.');
  expect(screen.getByRole('button', { name: /Copy correlation id/ })).toBeVisible();
});

it('has rows of its own while it waits', () => {
  render(
    <>
      <Skeleton label="runs" />
      <Empty title="None" actions={<Button kind="primary">Place a test call</Button>} />
    </>,
  );
  expect(screen.getByRole('status', { name: 'Loading runs' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Place a test call' })).toHaveAttribute('type', 'button');
});

it('closes a dialog by its button and by Escape, and gives the focus back', async () => {
  const user = userEvent.setup();
  const close = vi.fn();
  render(<button type="button">Open</button>);
  screen.getByRole('button', { name: 'Open' }).focus();
  const { unmount } = render(
    <Dialog title="Replay run" sheet onClose={close}>
      Preview
    </Dialog>,
  );
  expect(screen.getByRole('dialog', { name: 'Replay run' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Close' }));
  screen.getByRole('dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
  expect(close).toHaveBeenCalledTimes(2);
  unmount();
  expect(screen.getByRole('button', { name: 'Open' })).toHaveFocus();
});

it('shows a moment in its zone and UTC on hover', () => {
  const { rerender } = render(
    <When at="2026-11-30T04:27:26.495Z" where={{ locale: 'en-US', zone: 'America/Chicago' }} />,
  );
  expect(screen.getByText('Sun, Nov 29, 10:27 PM')).toHaveAttribute('title', '2026-11-30 04:27:26 UTC');
  rerender(<When at="2026-11-30T04:27:26.495Z" style="time" where={{ locale: 'en-US', zone: 'America/Chicago' }} />);
  expect(screen.getByText('10:27:26 PM')).toBeVisible();
});

it('shows a written time in a sentence as code', () => {
  const { container } = render(
    <p>
      <Sentence text="It has to be ISO-8601, for example 2026-11-24T10:30:00-05:00 or 2026-11-24T10:30:00.5Z." />
    </p>,
  );
  const code = [...container.querySelectorAll('code')].map((element) => element.textContent);
  expect(code).toEqual(['2026-11-24T10:30:00-05:00', '2026-11-24T10:30:00.5Z']);
});
