// Reads the policies out of Terraform state: what stands, not what should. Pure.
import type { AppliedPolicy } from '../../schemas/generated/types.ts';

interface StateResource {
  mode?: string;
  type?: string;
  name?: string;
  instances?: { index_key?: string | number; attributes?: Record<string, unknown> }[];
}

/** Resource types that hold a policy, with the attribute that names what it is attached to. */
const holders: Readonly<Record<string, string>> = {
  aws_iam_role_policy: 'role',
  aws_sqs_queue_policy: 'queue_url',
  aws_sns_topic_policy: 'arn',
  aws_s3_bucket_policy: 'bucket',
  aws_sqs_queue: 'url',
  aws_sns_topic: 'arn',
};

/** Every policy of one node's state. For a resource's own policy, `role` is what it is attached to. */
export function readAppliedPolicies(state: Buffer | undefined): AppliedPolicy[] {
  if (!state) return [];
  const { resources = [] } = JSON.parse(state.toString('utf8')) as { resources?: StateResource[] };
  return resources.filter(({ mode }) => mode === 'managed').flatMap(policiesOf);
}

function policiesOf({ type = '', name = '', instances = [] }: StateResource): AppliedPolicy[] {
  const attachedTo = Object.hasOwn(holders, type) ? holders[type] : undefined;
  if (attachedTo === undefined) return [];
  return instances.flatMap(({ index_key: key, attributes = {} }) => {
    if (typeof attributes.policy !== 'string' || attributes.policy === '') return [];
    const address = `${type}.${name}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`;
    const label = type === 'aws_iam_role_policy' ? attributes.name : name;
    return [
      {
        address,
        role: String(attributes[attachedTo] ?? ''),
        name: String(label ?? name),
        document: parse(attributes.policy),
      },
    ];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
