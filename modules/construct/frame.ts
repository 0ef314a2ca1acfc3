// The part of a root that no module decides: engine settings, backend, provider and its tags.
import type { EnvironmentDocument } from '../../schemas/generated/types.ts';
import { literal } from './literal.ts';

/** The provider services that our modules call: an AWS-compatible endpoint stands in for each of them. */
const SERVICES = [
  'applicationautoscaling',
  'cloudwatch',
  'dynamodb',
  'ec2',
  'ecr',
  'ecs',
  'elbv2',
  'events',
  'iam',
  'kms',
  'lambda',
  'logs',
  'rds',
  's3',
  'secretsmanager',
  'servicediscovery',
  'sns',
  'sqs',
  'sts',
] as const;

/**
 * Terraform settings and provider configuration of a node's root. The backend is empty: its address and token come
 * from `TF_HTTP_*` at run time, so that a moved port spoils no saved plan.
 */
export function rootFrame(environment: EnvironmentDocument, node: { id: string; module: string }) {
  return {
    terraform: {
      backend: { http: {} },
      required_providers: { aws: { source: 'hashicorp/aws', version: '~> 5.99' } },
    },
    provider: { aws: [{ ...target(environment), default_tags: [{ tags: nodeTags(environment, node) }] }] },
  };
}

/** Tags of everything that a node makes; ours win over the environment's. Nothing here follows a rename. */
export function nodeTags(environment: EnvironmentDocument, node: { id: string; module: string }) {
  return {
    ...literal(environment.tags),
    'plumbline:project': environment.project,
    'plumbline:environment': environment.name,
    'plumbline:node': node.id,
    'plumbline:module': node.module,
    'plumbline:managed-by': 'plumbline',
  };
}

/**
 * How often the provider makes a call that is throttled: with waits that double, some three minutes. Its own 25 times are hours, in
 * which a run says nothing; one that failed can be resumed.
 */
const ATTEMPTS = 8;

function target({ target: { kind, region, account, endpoint } }: EnvironmentDocument): Record<string, unknown> {
  switch (kind) {
    case 'aws':
      return { region, max_retries: ATTEMPTS, allowed_account_ids: [account] };
    case 'sandbox':
      return {
        region,
        skip_credentials_validation: true,
        skip_metadata_api_check: 'true',
        skip_requesting_account_id: true,
      };
    case 'aws-endpoint':
      // The account id is asked for even here: without it the provider reports rules between groups wrongly.
      return {
        region,
        max_retries: ATTEMPTS,
        skip_credentials_validation: true,
        skip_metadata_api_check: 'true',
        s3_use_path_style: true,
        endpoints: [Object.fromEntries(SERVICES.map((service) => [service, literal(endpoint ?? '')]))],
      };
  }
}
