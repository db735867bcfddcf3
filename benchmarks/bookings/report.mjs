// Writes the page of the bookings benchmark.
import { formatCounts, formatVerdict } from '../harness/results.mjs';

export function formatBookings({ plan, told, verified, seconds }) {
  return [
    `${plan.callers} callers asked for ${plan.times} times at random within two seconds (seed ${plan.seed}), half of them live and half by the`,
    `flow after the call, while ${plan.faults.join('; ')}. It took ${seconds.toFixed(0)} s until everyone had an answer.`,
    '',
    `- told live: ${formatCounts(told.live)}`,
    `- told by flow: ${formatCounts(told.flow)}`,
    `- ${verified.standing} appointments stand at ${verified.owned} times`,
    '',
    `One owner a time, and everyone told the truth: ${formatVerdict(verified.findings.length === 0)}`,
    ...verified.findings.map((finding) => `- ${finding}`),
  ];
}
