import { render } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { report, VitalsReporter } from './vitals-reporter';

const observed = vi.hoisted(() => vi.fn());
vi.mock('next/web-vitals', () => ({ useReportWebVitals: observed }));

it('observes the browser’s measures without showing anything', () => {
  const { container } = render(<VitalsReporter />);
  expect(container).toBeEmptyDOMElement();
  expect(observed).toHaveBeenCalledWith(report);
});
