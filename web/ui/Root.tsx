import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { SessionStore } from '../stores/session.ts';
import { cssVariablesResolver, theme } from './theme.ts';

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');

function useSystemIsDark(): boolean {
  return useSyncExternalStore(
    (changed) => {
      darkQuery.addEventListener('change', changed);
      return () => darkQuery.removeEventListener('change', changed);
    },
    () => darkQuery.matches,
  );
}

/** Colours, fonts and toasts for everything on the page. */
export function Root({ session, children }: { session: SessionStore; children: ReactNode }) {
  const choice = useStore(session, (state) => state.theme);
  const isSystemDark = useSystemIsDark();
  const scheme = choice === 'system' ? (isSystemDark ? 'dark' : 'light') : choice;
  useEffect(() => {
    document.documentElement.dataset.theme = scheme;
  }, [scheme]);
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} cssVariablesResolver={cssVariablesResolver}>
      <Notifications position="bottom-right" containerWidth={380} />
      {children}
    </MantineProvider>
  );
}
