// Turns the grants of a line into IAM policy statements.
import type {
  Connection,
  ContractDocument,
  Grant,
  GrantStatement,
  InputPort,
  PolicyStatement,
} from '../generated/types.ts';
import { compareText } from './compare.ts';
import { fillTemplate } from './template.ts';

export interface RenderGrantsInput {
  contract: ContractDocument;
  connection: Pick<Connection, 'id' | 'grants'>;
  port: InputPort;
  /** Whether the consumer owns an identity that grants attach to. */
  workload: boolean;
  /** The value, or the Terraform expression, of a field of the producer's artifact. */
  resolve(fieldPath: string): string;
  /** The ARN behind one of the consumer's own output ports; needed where the port has a resource policy. */
  own?(output: string): string;
}

/**
 * Statements of one line, by grant name. On a port with a resource policy a grant that names a service becomes a statement of the
 * consumer's own resource, open to that service for the producer alone; on a workload grants become statements of its role.
 * Grants that the contract does not offer are left out: the check reports them.
 */
export function renderGrants(input: RenderGrantsInput): PolicyStatement[] {
  return [...new Set(input.connection.grants)].sort(compareText).flatMap((name) => {
    const grant = Object.hasOwn(input.contract.grants, name) ? input.contract.grants[name] : undefined;
    if (!grant) return [];
    const own = resourceStatement(input, name, grant);
    if (own) return [own];
    return input.workload ? grant.statements.map((statement) => roleStatement(input, name, statement)) : [];
  });
}

function resourceStatement(input: RenderGrantsInput, name: string, grant: Grant): PolicyStatement | undefined {
  const { resourcePolicy } = input.port;
  if (!resourcePolicy || !grant.service || !input.own) return undefined;
  return {
    connection: input.connection.id,
    grant: name,
    identity: 'resource',
    effect: 'Allow',
    actions: [...resourcePolicy.actions],
    resources: [input.own(resourcePolicy.output)],
    conditions: { ArnEquals: { 'aws:SourceArn': [input.resolve('arn')] } },
    principal: grant.service,
  };
}

function roleStatement(input: RenderGrantsInput, name: string, statement: GrantStatement): PolicyStatement {
  const fill = (template: string) => fillTemplate(template, input.resolve);
  const rendered: PolicyStatement = {
    connection: input.connection.id,
    grant: name,
    identity: statement.identity ?? 'workload',
    effect: 'Allow',
    actions: [...statement.actions],
    resources: statement.resources.map(fill),
  };
  if (statement.conditions) rendered.conditions = fillConditions(statement.conditions, fill);
  if (statement.wildcardReason) rendered.reason = statement.wildcardReason;
  return rendered;
}

function fillConditions(
  conditions: NonNullable<GrantStatement['conditions']>,
  fill: (template: string) => string,
): Record<string, Record<string, string[]>> {
  return Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, values.map(fill)])),
    ]),
  );
}
