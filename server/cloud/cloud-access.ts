// Who we are in an environment's cloud, and how an engine gets in: asked before anything is planned.
import type { CloudIdentity, CloudTarget } from '../../schemas/generated/types.ts';
import { fail } from '../errors.ts';
import { baseClient, engineVariables, type SessionKeys, sessionClient } from './credentials.ts';

export interface CloudAccess {
  /**
   * Asks the cloud who we are with the target's credentials, its role assumed.
   * @throws `cloud-unreachable`, `cloud-credentials`, `credentials-expired`, `no-credentials`, `role-refused`
   */
  identify(target: CloudTarget, session: string): Promise<Omit<CloudIdentity, 'expected'>>;
  /**
   * The `AWS_*` variables of an engine process; a role's keys have a quarter of an hour left at least.
   * @throws like `identify`
   */
  variables(target: CloudTarget, session: string): Promise<Record<string, string>>;
}

const MARGIN_MS = 15 * 60_000;

/** @param env the server's own process environment. */
export function createCloudAccess(env: NodeJS.ProcessEnv): CloudAccess {
  const sessions = new Map<string, { keys: SessionKeys; expires: number }>();

  async function roleKeys(target: CloudTarget, session: string): Promise<SessionKeys | undefined> {
    const { roleArn } = target;
    if (!roleArn) return undefined;
    const known = sessions.get(JSON.stringify([target, session]));
    if (known && known.expires - Date.now() > MARGIN_MS) return known.keys;
    const assumed = await assumeRole(target, { roleArn, session: target.sessionName ?? session }, env);
    sessions.set(JSON.stringify([target, session]), assumed);
    return assumed.keys;
  }

  async function ask(target: CloudTarget, session: string): Promise<Omit<CloudIdentity, 'expected'>> {
    const keys = await roleKeys(target, session);
    const client = keys ? await sessionClient(target, keys) : await baseClient(target, env);
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    try {
      const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
      return { account: Account, arn: Arn, region: target.region };
    } catch (error) {
      return refuse(target, error);
    } finally {
      client.destroy();
    }
  }

  return {
    async identify(target, session) {
      const key = JSON.stringify([target, session]);
      const wasKept = sessions.has(key);
      try {
        return await ask(target, session);
      } catch (error) {
        // A kept session may have been revoked: a new one is asked for before anybody is told.
        if (!sessions.delete(key) || !wasKept) throw error;
        return ask(target, session);
      }
    },
    variables: async (target, session) => engineVariables(target, env, await roleKeys(target, session)),
  };
}

interface Role {
  roleArn: string;
  session: string;
}

async function assumeRole(target: CloudTarget, { roleArn, session }: Role, env: NodeJS.ProcessEnv) {
  const client = await baseClient(target, env);
  const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
  const tags = Object.entries(target.sessionTags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  try {
    const { Credentials } = await client.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: session,
        ...(target.externalId ? { ExternalId: target.externalId } : {}),
        ...(tags.length > 0 ? { Tags: tags } : {}),
      }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = Credentials ?? {};
    return {
      keys: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
      expires: Expiration?.getTime() ?? 0,
    };
  } catch (error) {
    return refuse(target, error, roleArn);
  } finally {
    client.destroy();
  }
}

/** AWS's answers as errors that say what was asked, what was answered and what to do. */
function refuse(target: CloudTarget, error: unknown, role?: string): never {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const where = target.endpoint ?? `AWS in ${target.region}`;
  const detail = `${name}: ${message}`.slice(0, 1_000);
  const cause = error;
  const said = { got: describeCredentials(target), detail, cause, retry: true };
  if (/CredentialsProvider|TokenProvider/.test(name) && !/expired/i.test(message)) return fail('no-credentials', said);
  if (/expired/i.test(`${name} ${message}`)) return fail('credentials-expired', said);
  if (isUnanswered(error)) return fail('cloud-unreachable', { ...said, got: where });
  if (role && /accessdenied|validationerror/i.test(name))
    return fail('role-refused', { ...said, values: { role }, got: role });
  return fail('cloud-credentials', said);
}

/** Nothing that speaks AWS's protocol answered: no connection, or an answer that is no XML. */
function isUnanswered(error: unknown): boolean {
  const text =
    error instanceof Error ? `${error.name} ${error.message} ${'code' in error ? String(error.code) : ''}` : '';
  return /ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|socket|network|TimeoutError|Deserialization|char '/i.test(
    text,
  );
}

function describeCredentials({ kind, profile }: CloudTarget): string {
  if (profile) return `profile ${profile}`;
  return kind === 'aws' ? "the server's own AWS credentials" : "the server's AWS_ACCESS_KEY_ID, or a made-up key";
}
