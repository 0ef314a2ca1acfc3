import type { AttributeChange, ChangeAction, ResourceChange } from '../../../schemas/generated/types.ts';
import { ACTION_SIGN, DANGER, DONE } from '../../stores/run-view.ts';
import { formatValue } from '../../ui/format.ts';
import { openJson } from './open-json.ts';

const SHOWN = 12;
/** Characters from which two values stand one below the other. */
const LONG = 36;

/** What happens, or happened, to each resource: worst first, with every value before and after. */
export function ResourceChanges({ changes, isDone = false }: { changes: readonly ResourceChange[]; isDone?: boolean }) {
  const sorted = [...changes].sort((a, b) => DANGER.indexOf(a.action) - DANGER.indexOf(b.action));
  const word = (action: ChangeAction) => (isDone ? DONE[action] : action);
  return sorted.map((change) => (
    <details
      className="resource"
      key={change.address}
      open={change.action === 'change' || change.action === 'replace' || sorted.length <= 2}
    >
      <summary>
        <span className="sign" data-action={change.action} title={word(change.action)}>
          {ACTION_SIGN[change.action]}
        </span>
        <code>{change.address}</code>
        <span className="resource-count">{word(change.action)}</span>
      </summary>
      {change.reason && <p className="quiet">{change.reason}</p>}
      <Attributes change={change} isDone={isDone} />
    </details>
  ));
}

function Attributes({ change, isDone }: { change: ResourceChange; isDone: boolean }) {
  const sorted = change.attributes
    .flatMap(openJson)
    .sort((a, b) => Number(b.replaces ?? false) - Number(a.replaces ?? false));
  const first = sorted.slice(0, SHOWN);
  const rest = sorted.slice(SHOWN);
  return (
    <>
      <Rows attributes={first} action={change.action} isDone={isDone} />
      {rest.length > 0 && (
        <details className="more">
          <summary>{rest.length} more values</summary>
          <Rows attributes={rest} action={change.action} isDone={isDone} />
        </details>
      )}
    </>
  );
}

function isLong({ before, after, unknown, sensitive }: AttributeChange): boolean {
  if (sensitive) return false;
  return formatValue(before).length > LONG || (!unknown && formatValue(after).length > LONG);
}

interface RowsProps {
  attributes: readonly AttributeChange[];
  action: ChangeAction;
  isDone: boolean;
}

function Rows({ attributes, action, isDone }: RowsProps) {
  const isOneSided = action === 'create' || action === 'delete';
  return (
    <div className="attributes" data-one-sided={isOneSided}>
      {attributes.map((attribute) => (
        <div className="attribute" data-long={!isOneSided && isLong(attribute)} key={attribute.path}>
          <code className="attribute-path">{attribute.path}</code>
          {action !== 'create' && <Before attribute={attribute} />}
          {action !== 'delete' && <After attribute={attribute} isDone={isDone} />}
        </div>
      ))}
    </div>
  );
}

function Before({ attribute }: { attribute: AttributeChange }) {
  if (attribute.sensitive) return <del>secret, hidden</del>;
  return attribute.before === undefined || attribute.before === null ? (
    <em>not set</em>
  ) : (
    <del>{formatValue(attribute.before)}</del>
  );
}

function After({ attribute, isDone }: { attribute: AttributeChange; isDone: boolean }) {
  return (
    <span className="after">
      {attribute.unknown ? (
        <em>{isDone ? 'set by the cloud' : 'known after apply'}</em>
      ) : attribute.sensitive ? (
        <em>secret, hidden</em>
      ) : attribute.after === undefined || attribute.after === null ? (
        <em>not set</em>
      ) : (
        formatValue(attribute.after)
      )}
      {attribute.replaces && <strong className="replaces">{isDone ? 'replaced it' : 'replaces'}</strong>}
    </span>
  );
}
