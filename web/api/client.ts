import type {
  ApiError,
  CheckResult,
  CloudIdentity,
  ConnectionDetail,
  ContractDetail,
  DeclaredOutputs,
  DeployPermissions,
  EffectivePolicy,
  EngineKind,
  EngineSwitched,
  EnvironmentChange,
  EnvironmentCreate,
  EnvironmentState,
  EnvironmentSummary,
  Graph,
  Health,
  LogLine,
  ModuleDetail,
  OperationBatch,
  OperationsTaken,
  Presence,
  Project,
  Run,
  RunApprove,
  RunCreate,
  RunHead,
} from '../../schemas/generated/types.ts';
import { ApiFailure } from './failure.ts';

export interface Scope {
  project: string;
  environment: string;
}

interface ClientOptions {
  fetch?: typeof fetch;
  /** Asks the person for the access token; called once for any number of refused requests. */
  askToken(): Promise<string>;
}

const seg = encodeURIComponent;

export type ApiClient = ReturnType<typeof createClient>;

export function createClient({ fetch: send = (...args) => fetch(...args), askToken }: ClientOptions) {
  let signingIn: Promise<void> | undefined;

  async function raw(method: string, path: string, body?: unknown): Promise<Response> {
    try {
      return await send(`/api/${path}`, {
        method,
        credentials: 'same-origin',
        headers: body === undefined ? { accept: 'application/json' } : { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new ApiFailure(0, { retry: true });
    }
  }

  async function signIn(): Promise<void> {
    for (;;) {
      const response = await raw('POST', 'session', { token: await askToken() });
      if (response.ok) return;
    }
  }

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    let response = await raw(method, path, body);
    if (response.status === 401) {
      signingIn ??= signIn().finally(() => {
        signingIn = undefined;
      });
      await signingIn;
      response = await raw(method, path, body);
    }
    const text = await response.text();
    if (!response.ok) throw new ApiFailure(response.status, parseError(text));
    // The server validates what it sends against the same schemas that these types are generated from.
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  const environmentPath = (scope: Scope) => `projects/${seg(scope.project)}/environments/${seg(scope.environment)}`;

  return {
    health: () => call<Health>('GET', 'health'),
    modules: () => call<ModuleDetail[]>('GET', 'modules'),
    contracts: () => call<ContractDetail[]>('GET', 'contracts'),
    projects: () => call<Project[]>('GET', 'projects'),
    createProject: (name: string) => call<Project>('POST', 'projects', { name }),
    createEnvironment: (project: string, body: EnvironmentCreate) =>
      call<EnvironmentSummary>('POST', `projects/${seg(project)}/environments`, body),
    environment: (scope: Scope) => {
      const path = environmentPath(scope);
      return {
        change: (body: EnvironmentChange) => call<EnvironmentSummary>('PATCH', path, body),
        eventsUrl: (after: number, page: string) => `/api/${path}/events?after=${after}&client=${seg(page)}`,
        state: () => call<EnvironmentState>('GET', `${path}/state`),
        graph: () => call<{ revision: number; graph: Graph }>('GET', `${path}/graph`),
        issues: () => call<CheckResult>('GET', `${path}/issues`),
        send: (batch: OperationBatch) => call<OperationsTaken>('POST', `${path}/operations`, batch),
        showPresence: (presence: Presence) => call<void>('POST', `${path}/presence`, presence),
        createRun: (body: RunCreate) => call<Run>('POST', `${path}/runs`, body),
        runs: () => call<RunHead[]>('GET', `${path}/runs`),
        /** Each with what it did to the box. */
        runsOf: (node: string) => call<RunHead[]>('GET', `${path}/runs?node=${seg(node)}`),
        policy: (node: string) => call<EffectivePolicy>('GET', `${path}/policies/${seg(node)}`),
        outputs: (node: string) => call<DeclaredOutputs>('GET', `${path}/outputs/${seg(node)}`),
        identity: () => call<CloudIdentity>('GET', `${path}/identity`),
        switchEngine: (engine: EngineKind) => call<EngineSwitched>('POST', `${path}/engine`, { engine }),
        permissions: () => call<DeployPermissions>('GET', `${path}/permissions`),
        connection: (id: string) => call<ConnectionDetail>('GET', `${path}/connections/${seg(id)}`),
      };
    },
    run: (id: string) => call<Run>('GET', `runs/${seg(id)}`),
    logs: (id: string, after = 0) => call<LogLine[]>('GET', `runs/${seg(id)}/logs?after=${after}`),
    approveRun: (id: string, body: RunApprove) => call<Run>('POST', `runs/${seg(id)}/approve`, body),
    cancelRun: (id: string) => call<Run>('POST', `runs/${seg(id)}/cancel`, {}),
    resumeRun: (id: string) => call<Run>('POST', `runs/${seg(id)}/resume`, {}),
  };
}

export type EnvironmentClient = ReturnType<ApiClient['environment']>;

function parseError(text: string): Partial<ApiError> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : { message: text };
  } catch {
    return text ? { message: text.slice(0, 300) } : {};
  }
}
