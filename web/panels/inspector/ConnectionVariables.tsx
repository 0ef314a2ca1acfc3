import type { Connection, ConnectionDetail } from '../../../schemas/generated/types.ts';
import { fillTemplate, resolveEnvVariables, templateFields } from '../../../schemas/rules/resolve-env-variables.ts';
import { useDocument } from '../../stores/use-workspace.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatValue } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import type { Fetched } from '../../ui/use-fetched.ts';
import { PrefixField } from './PrefixField.tsx';
import { useKnownFields } from './use-known-fields.ts';
import { useLineContract } from './use-line-contract.ts';

/** Characters from which a value is cut off, so that it must be copied to be read. */
const LONG = 24;

/** What the consumer finds in its environment, what is unknown until apply, and which ports open. */
export function ConnectionVariables({ line, detail }: { line: Connection; detail: Fetched<ConnectionDetail> }) {
  const { manifest, contract } = useLineContract(line);
  const { values } = useKnownFields(line.from.node, line.from.port, contract);
  const from = useDocument((state) => state.nodes[line.from.node]?.name);
  const to = useDocument((state) => state.nodes[line.to.node]?.name);
  const { data } = detail;
  const templates = new Map(
    contract && resolveEnvVariables(contract, line).map(({ name, template }) => [name, template]),
  );
  const variables = (data?.variables ?? []).map((variable) => ({
    ...variable,
    value: variable.value ?? filled(templates.get(variable.name), values),
  }));
  const network = data?.network ?? [];
  return (
    <>
      {manifest?.workload && variables.length > 0 && (
        <Section title="Variables it receives">
          <dl className="values">
            {variables.map((variable) => (
              <div key={variable.name}>
                <dt>{variable.name}</dt>
                <dd title={variable.reference ?? variable.value}>
                  {variable.secret ? (
                    <em>secret, hidden</em>
                  ) : variable.value === undefined ? (
                    <em>known after apply</em>
                  ) : (
                    <span className="clip">{variable.value}</span>
                  )}
                  {variable.value !== undefined && variable.value.length > LONG && (
                    <CopyButton value={variable.value} label={`Copy ${variable.name}`} />
                  )}
                </dd>
              </div>
            ))}
          </dl>
          <PrefixField key={line.envPrefix} line={line} />
        </Section>
      )}
      {network.length > 0 && (
        <Section title="Network">
          <p className="quiet">
            This line opens on {from}, for {to} alone:
          </p>
          <dl className="values">
            {network.map((rule) => (
              <div key={`${rule.protocol}${rule.port}${rule.title}`}>
                <dt className="plain">{rule.title}</dt>
                <dd>
                  {rule.protocol} {withValues(rule.port, values)}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
    </>
  );
}

/** The value of a variable where every field that it is made from is known. */
function filled(template: string | undefined, values: Readonly<Record<string, unknown>>): string | undefined {
  if (template === undefined || templateFields(template).some((field) => values[field] === undefined)) return undefined;
  return fillTemplate(template, (field) => formatValue(values[field]));
}

/** Puts what is known in the place of references such as `{orders-db.port}`. */
function withValues(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{[a-z0-9-]+\.(\w+)\}/g, (reference, field: string) =>
    values[field] === undefined ? reference : formatValue(values[field]),
  );
}
