'use client';

import { useState } from 'react';

/** Runs an act once at a time and keeps the sentence of its failure, which is shown where the act was asked for. */
export function useAct() {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : 'That did not work. Try again.');
      setBusy(false);
    }
  };
  return { isBusy, failure, act };
}
