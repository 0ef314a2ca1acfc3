import { useEffect, useState } from 'react';

/** The time, renewed while `isTicking`; components that show an elapsed time use it, nothing else re-renders. */
export function useNow(isTicking: boolean, everyMs = 500): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isTicking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [isTicking, everyMs]);
  return now;
}
