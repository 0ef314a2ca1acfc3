import type {
  AttributeChange,
  ChangeAction,
  ChangeTotals,
  ResourceChange,
  Run,
} from '../../schemas/generated/types.ts';
import { type Color, paint, plain, type Terminal } from '../terminal.ts';

/** What can hurt comes first. */
const dangerOrder: ChangeAction[] = ['delete', 'replace', 'change', 'create'];
const signs: Record<ChangeAction, string> = { delete: '-', replace: '±', change: '~', create: '+' };
const colors: Record<ChangeAction, Color> = { delete: 'red', replace: 'red', change: 'yellow', create: 'green' };

interface NodeChange {
  node: string;
  change: ResourceChange;
}

/** Every change of a run, what can hurt first, then in the order of its steps. */
function changesByDanger(run: Pick<Run, 'steps'>): NodeChange[] {
  const all = run.steps.flatMap((step) => step.changes.map((change) => ({ node: step.name, change })));
  return dangerOrder.flatMap((action) => all.filter(({ change }) => change.action === action));
}

/** `2 to create, 1 to delete`, or `no changes`. */
export function totalsInWords(totals: ChangeTotals): string {
  const parts = dangerOrder.filter((action) => totals[action] > 0).map((action) => `${totals[action]} to ${action}`);
  return parts.length > 0 ? parts.join(', ') : 'no changes';
}

function shown(value: unknown): string {
  const text = value === undefined ? '(not set)' : JSON.stringify(value);
  return plain(text.length > 100 ? `${text.slice(0, 97)}...` : text);
}

function attributeInWords(attribute: AttributeChange): string {
  const after = attribute.unknown ? '(known after apply)' : shown(attribute.after);
  const values = attribute.sensitive ? '(sensitive)' : `${shown(attribute.before)} -> ${after}`;
  return `${attribute.path}: ${values}${attribute.replaces ? '  forces replacement' : ''}`;
}

/** Prints the change set of a run, with the attributes where something that exists is touched. */
export function printChanges(terminal: Terminal, run: Pick<Run, 'steps' | 'totals'>): void {
  for (const { node, change } of changesByDanger(run)) {
    const line = `${signs[change.action]} ${change.action.padEnd(7)}  ${plain(node)}  ${change.address}${change.reason ? `  (${plain(change.reason)})` : ''}`;
    terminal.out(paint(terminal, colors[change.action], line));
    if (change.action === 'create' || change.action === 'delete') continue;
    for (const attribute of change.attributes) terminal.out(`      ${attributeInWords(attribute)}`);
  }
  terminal.out(`Change set: ${totalsInWords(run.totals)}.`);
}
