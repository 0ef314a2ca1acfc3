import { useCallback, useEffect, useState } from 'react';
import type { Project } from '../schemas/generated/types.ts';
import { listenToKeys } from './actions/keys.ts';
import { followLink } from './actions/link.ts';
import type { ApiClient, Scope } from './api/client.ts';
import { describeFailure } from './api/failure.ts';
import { glideAlong } from './layout/glide.ts';
import { Frame } from './panels/Frame.tsx';
import { parseRoute, type Route, routeTo } from './stores/route.ts';
import { type SessionStore, select } from './stores/session.ts';
import { WorkspaceContext } from './stores/use-workspace.ts';
import { type Library, loadLibrary, openWorkspace, type Workspace } from './stores/workspace.ts';
import { Notice } from './ui/Notice.tsx';
import { TokenDialog } from './ui/TokenDialog.tsx';

interface Props {
  api: ApiClient;
  session: SessionStore;
}

function useRoute(): Route | undefined {
  const [route, setRoute] = useState(() => parseRoute(window.location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseRoute(window.location.hash));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return route;
}

/** The environment to open when the address names none, or one that is gone. */
function firstScope(projects: readonly Project[]): Scope | undefined {
  const project = projects.find((entry) => entry.environments.length > 0);
  const environment = project?.environments[0]?.document.name;
  return project && environment ? { project: project.name, environment } : undefined;
}

export function App({ api, session }: Props) {
  const route = useRoute();
  const [library, setLibrary] = useState<Library>();
  const [projects, setProjects] = useState<readonly Project[]>();
  const [workspace, setWorkspace] = useState<Workspace>();
  const [problem, setProblem] = useState<string>();
  const fail = useCallback((error: unknown) => setProblem(describeFailure(error)), []);
  const refreshProjects = useCallback(() => api.projects().then(setProjects), [api]);

  useEffect(() => {
    loadLibrary(api).then(setLibrary, fail);
    refreshProjects().catch(fail);
  }, [api, fail, refreshProjects]);

  useEffect(() => {
    if (route || !projects) return;
    const scope = firstScope(projects);
    if (scope) window.location.replace(routeTo(scope));
  }, [route, projects]);

  const project = route?.project;
  const environment = route?.environment;
  useEffect(() => {
    if (!library || !project || !environment) return;
    let opened: Workspace | undefined;
    let isGone = false;
    let stopKeys: (() => void) | undefined;
    select(session, {});
    session.setState({ openGroup: undefined, dialog: undefined, isDrawerOpen: false });
    const scope = { project, environment };
    openWorkspace({ api, library, session, scope, storage: window.localStorage, showMoves: glideAlong }).then(
      (fresh) => {
        if (isGone) return fresh.close();
        opened = fresh;
        stopKeys = listenToKeys(fresh);
        setProblem(undefined);
        setWorkspace(fresh);
        document.title = `${project} ${environment}, Plumbline`;
      },
      (error) => !isGone && fail(error),
    );
    return () => {
      isGone = true;
      stopKeys?.();
      opened?.close();
      setWorkspace(undefined);
    };
  }, [api, library, session, project, environment, fail]);

  useEffect(() => {
    if (workspace && route?.box) followLink(workspace, route.box);
  }, [workspace, route]);

  return (
    <>
      <TokenDialog />
      {workspace ? (
        <WorkspaceContext.Provider value={workspace}>
          <Frame projects={projects ?? []} refreshProjects={refreshProjects} />
        </WorkspaceContext.Provider>
      ) : (
        <Waiting problem={problem} isEmpty={projects !== undefined && !firstScope(projects) && !route} />
      )}
    </>
  );
}

function Waiting({ problem, isEmpty }: { problem: string | undefined; isEmpty: boolean }) {
  if (problem) {
    return (
      <main className="waiting">
        <Notice tone="bad" title="This environment cannot be shown.">
          <p>{problem}</p>
          <button type="button" className="button" onClick={() => window.location.replace(window.location.pathname)}>
            Try again
          </button>
        </Notice>
      </main>
    );
  }
  if (isEmpty) {
    return (
      <main className="waiting">
        <Notice tone="info" title="There is no environment yet.">
          <p>
            Make one from the command line: <code>npx plumbline env create orders/development</code>
          </p>
        </Notice>
      </main>
    );
  }
  return <main className="waiting quiet">Fetching the graph.</main>;
}
