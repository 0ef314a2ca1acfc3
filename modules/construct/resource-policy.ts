// Statements that connections contribute to a document of the consumer's own resource, such as a queue's policy.
import { renderGrants } from '../../schemas/rules/render-grant.ts';
import type { Binding } from './binding.ts';
import { type AwsStatement, awsStatements } from './policy.ts';
import type { ModuleScope } from './scope.ts';

/**
 * What every connection on a port with a `resourcePolicy` lets the producer's service do. The module puts the
 * statements into the one document that it owns.
 * @param own the ARN of the resource behind an output port of this node
 */
export function ownerStatements(scope: ModuleScope<unknown>, own: (output: string) => string): AwsStatement[] {
  const statements = scope.connections.flatMap((binding) => resourceStatements(binding, own));
  return awsStatements(statements, { byConnection: true });
}

function resourceStatements(binding: Binding, own: (output: string) => string) {
  const { contract, connection, port } = binding;
  const rendered = renderGrants({
    contract,
    connection,
    port,
    workload: false,
    resolve: (field) => binding.text(field),
    own,
  });
  return rendered.filter((statement) => statement.identity === 'resource');
}
