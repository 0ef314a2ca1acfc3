// Before anything is planned: who are we, and is it the account that the environment was made for?
import type { EnvironmentDocument } from '../../../schemas/generated/types.ts';
import { fail } from '../../errors.ts';
import type { RunSession } from './session.ts';

/** Name of the role session that the cloud's audit log shows: letters that AWS takes, 64 at most. */
export function sessionName({ project, name }: Pick<EnvironmentDocument, 'project' | 'name'>): string {
  return `plumbline-${project}-${name}`.slice(0, 64);
}

/**
 * Asks the cloud who we are, says so in the run's log, and refuses another account than the environment's. The sandbox knows one only.
 * @throws `wrong-account`, and what the cloud answers where it knows us not
 */
export async function requireAccount({ deps, env, record }: RunSession): Promise<void> {
  const { target } = env.document;
  if (target.kind === 'sandbox') return;
  const { account, arn, region } = await deps.cloud.identify(target, sessionName(env.document));
  record.log({ step: '', phase: '', level: 'info', text: `Account ${account}, ${region}, as ${arn}.` });
  if (account === target.account) return;
  fail('wrong-account', {
    got: `account ${account} (${arn})`,
    expected: `account ${target.account}`,
    retry: true,
  });
}
