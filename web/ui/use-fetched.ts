import { useEffect, useState } from 'react';
import { describeFailure } from '../api/failure.ts';

export interface Fetched<T> {
  data?: T;
  problem?: string;
  isLoading: boolean;
}

/**
 * Fetches when `key` changes. The last answer for the same `subject` stays visible while a newer one comes. What could not be fetched is
 * fetched when the network is back.
 */
export function useFetched<T>(subject: string, key: string, load: () => Promise<T>): Fetched<T> {
  const [state, setState] = useState<Fetched<T> & { subject: string }>({ subject, isLoading: true });
  const [tries, setTries] = useState(0);
  const hasFailed = state.problem !== undefined;
  useEffect(() => {
    if (!hasFailed) return;
    const again = () => setTries((before) => before + 1);
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [hasFailed]);
  useEffect(() => {
    let isCurrent = true;
    setState((before) => (before.subject === subject ? { ...before, isLoading: true } : { subject, isLoading: true }));
    load().then(
      (data) => isCurrent && setState({ subject, data, isLoading: false }),
      (error) => isCurrent && setState({ subject, problem: describeFailure(error), isLoading: false }),
    );
    return () => {
      isCurrent = false;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `load` is new on every render; `key` says when it means something else.
  }, [subject, key, tries]);
  return state.subject === subject ? state : { isLoading: true };
}
