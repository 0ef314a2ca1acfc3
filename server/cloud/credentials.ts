// The credentials of an environment's cloud: references in its document, values only in this process and in an engine's environment.
import type { STSClient } from '@aws-sdk/client-sts';
import type { CloudTarget } from '../../schemas/generated/types.ts';

export interface SessionKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** Emulators that do not enforce IAM take any key; one that does knows only those that it was told. */
const ANY_KEYS: SessionKeys = { accessKeyId: 'plumbline', secretAccessKey: 'plumbline' };

/** Keys of the process environment; undefined where there are none. */
function keysOf(env: NodeJS.ProcessEnv): SessionKeys | undefined {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return undefined;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
}

/** Whether the keys are to be looked for by AWS's own chain: a profile, single sign-on, the machine's role. */
function usesChain({ kind, profile }: CloudTarget): boolean {
  return profile !== undefined || kind === 'aws';
}

/** A client of the target's token service, with the credentials that stand before any role. */
export async function baseClient(target: CloudTarget, env: NodeJS.ProcessEnv): Promise<STSClient> {
  // Loaded on demand: a server that knows only sandboxes does without it.
  const { STSClient: Client } = await import('@aws-sdk/client-sts');
  const { region, endpoint, profile } = target;
  return new Client({
    region,
    maxAttempts: 2,
    ...(endpoint ? { endpoint } : {}),
    ...(profile ? { profile } : {}),
    ...(usesChain(target) ? {} : { credentials: keysOf(env) ?? ANY_KEYS }),
  });
}

/** A client that speaks with these keys alone. */
export async function sessionClient({ region, endpoint }: CloudTarget, keys: SessionKeys): Promise<STSClient> {
  const { STSClient: Client } = await import('@aws-sdk/client-sts');
  return new Client({ region, maxAttempts: 2, credentials: keys, ...(endpoint ? { endpoint } : {}) });
}

/**
 * The `AWS_*` variables of an engine process. With a role these are the session's keys alone, so that nothing of the identity that
 * assumed it gets through.
 */
export function engineVariables(
  target: CloudTarget,
  env: NodeJS.ProcessEnv,
  session: SessionKeys | undefined,
): Record<string, string> {
  const { region, profile } = target;
  const keys = session ?? (usesChain(target) ? undefined : (keysOf(env) ?? ANY_KEYS));
  if (keys) {
    return {
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      ...(keys.sessionToken ? { AWS_SESSION_TOKEN: keys.sessionToken } : {}),
      AWS_REGION: region,
    };
  }
  const inherited = Object.entries(env).filter(([name, value]) => name.startsWith('AWS_') && value !== undefined);
  const own = Object.fromEntries(inherited) as Record<string, string>;
  // A profile that is named wins over keys that happen to stand in the environment.
  if (profile) for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) delete own[name];
  return { ...own, ...(profile ? { AWS_PROFILE: profile } : {}) };
}
