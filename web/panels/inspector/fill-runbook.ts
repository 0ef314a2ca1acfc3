import { isRecord } from '../../../schemas/rules/merge-patch.ts';

interface Values {
  /** Resolved params of the box. */
  params: Record<string, unknown>;
  /** What each of its ports published; nothing before it was applied. */
  artifacts: Record<string, Record<string, unknown> | undefined>;
}

const PLACE = /\{\{(params|artifacts)\.([\w.]+)\}\}/g;
/** Characters that Markdown would take as its own. */
const MARKUP = /[`<>[\]\r\n]/g;

/** Puts the box's own values in the places that its module's runbook leaves for them. */
export function fillRunbook(text: string, values: Values): string {
  return text.replace(PLACE, (_place, source: 'params' | 'artifacts', path: string) => {
    let value: unknown = values[source];
    for (const key of path.split('.')) value = isRecord(value) ? value[key] : undefined;
    if (value === undefined || value === null) return source === 'artifacts' ? '(known after apply)' : '(not set)';
    if (isRecord(value)) return '(secret, hidden)';
    return (Array.isArray(value) ? value.join(', ') : String(value)).replace(MARKUP, '');
  });
}
