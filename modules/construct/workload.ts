// A workload's identity and what its connections give it: policies, variables, secret references, network rules.
import type { TerraformResource } from 'cdktf';
import type { PolicyStatement } from '../../schemas/generated/types.ts';
import { renderGrants } from '../../schemas/rules/render-grant.ts';
import { IamRole, IamRolePolicy } from './aws/iam.ts';
import type { Binding } from './binding.ts';
import { type AwsStatement, awsStatements, policyDocument } from './policy.ts';
import type { ModuleScope } from './scope.ts';
import { type PlainVariable, type SecretVariable, workloadVariables } from './workload-variables.ts';

export interface WorkloadOptions {
  /** Who runs the workload and so may take its role. */
  service: 'ecs-tasks.amazonaws.com' | 'lambda.amazonaws.com';
  /** A role of its own injects secrets (the ECS execution role); without it the workload's role reads them itself. */
  executionRole?: boolean;
  /** What the workload needs apart from its connections, such as writing its logs. */
  statements?: readonly AwsStatement[];
  /** What the execution role needs apart from secrets, such as pulling the image. */
  executionStatements?: readonly AwsStatement[];
}

export interface Workload {
  /** `aws_iam_role.role`. */
  readonly role: IamRole;
  /** `aws_iam_role.execution_role`; the workload's own role where it has no other. */
  readonly injector: IamRole;
  /** Variables with a value, sorted by name. */
  readonly variables: readonly PlainVariable[];
  /** Variables whose value the runtime reads from a secret, sorted by name. */
  readonly secrets: readonly SecretVariable[];
  /** Every inline policy: what runs the workload depends on them, so that it never starts without its rights. */
  readonly policies: readonly TerraformResource[];
}

/**
 * Makes the roles of a workload and one inline policy per connection and identity (`grant_<connection id>`,
 * `injector_<connection id>`), and works out the variables that its connections give.
 */
export function defineWorkload(scope: ModuleScope<unknown>, options: WorkloadOptions): Workload {
  const role = makeRole(scope, 'role', options.service, options.executionRole ? 'task' : undefined);
  const injector = options.executionRole ? makeRole(scope, 'execution_role', options.service, 'execution') : role;
  const policies = [
    ...baseline(scope, 'baseline', role, options.statements),
    ...baseline(scope, 'execution_baseline', injector, options.executionStatements),
    ...scope.connections.flatMap((binding) => connectionPolicies(scope, binding, role, injector)),
  ];
  return { role, injector, policies, ...workloadVariables(scope) };
}

function makeRole(scope: ModuleScope<unknown>, id: string, service: string, suffix?: string): IamRole {
  return new IamRole(scope.stack, id, {
    name: scope.name(64, { suffix }),
    assumeRolePolicy: policyDocument([
      {
        Sid: 'Runtime',
        Effect: 'Allow',
        Principal: { Service: service },
        Action: ['sts:AssumeRole'],
        ...ownAccount(scope, service),
      },
    ]),
  });
}

/** ECS says for which account it takes the role; Lambda does not. */
function ownAccount(scope: ModuleScope<unknown>, service: string): Pick<AwsStatement, 'Condition'> {
  if (service !== 'ecs-tasks.amazonaws.com') return {};
  return { Condition: { StringEquals: { 'aws:SourceAccount': [scope.context.account] } } };
}

function baseline(scope: ModuleScope<unknown>, id: string, role: IamRole, statements: readonly AwsStatement[] = []) {
  if (statements.length === 0) return [];
  return [new IamRolePolicy(scope.stack, id, { name: 'baseline', role: role.id, policy: policyDocument(statements) })];
}

function connectionPolicies(scope: ModuleScope<unknown>, binding: Binding, role: IamRole, injector: IamRole) {
  const { connection, contract, port } = binding;
  const granted = renderGrants({ contract, connection, port, workload: true, resolve: (field) => binding.text(field) });
  const attach = (id: string, to: IamRole, statements: readonly PolicyStatement[]) =>
    statements.length === 0
      ? []
      : [
          new IamRolePolicy(scope.stack, `${id}_${connection.id.replaceAll('-', '_')}`, {
            name: connection.id,
            role: to.id,
            policy: policyDocument(awsStatements(statements)),
          }),
        ];
  if (injector === role) return attach('grant', role, granted);
  return [
    ...attach(
      'grant',
      role,
      granted.filter(({ identity }) => identity === 'workload'),
    ),
    ...attach(
      'injector',
      injector,
      granted.filter(({ identity }) => identity === 'injector'),
    ),
  ];
}
