import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@xyflow/react/dist/style.css';
import './ui/styles.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createClient } from './api/client.ts';
import { createSessionStore } from './stores/session.ts';
import { askToken } from './ui/ask-token.ts';
import { Broken } from './ui/Broken.tsx';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';
import { Root } from './ui/Root.tsx';

const NARROW = '(max-width: 1180px)';
const session = createSessionStore(window.localStorage, window.matchMedia(NARROW).matches);
const api = createClient({ askToken });
const element = document.getElementById('root');
if (element) {
  createRoot(element).render(
    <Root session={session}>
      <ErrorBoundary fallback={(problem) => <Broken problem={problem} />}>
        <App api={api} session={session} />
      </ErrorBoundary>
    </Root>,
  );
}
