// Errors as Terraform shows them: which object, what the cloud said, and never a secret.
import { Refusal } from '../cloud/refusal.ts';
import type { BlockSchema } from '../schema/schema-data.ts';
import type { Message } from '../wire/protobuf.ts';
import { isObject, type ObjectValue, textOf, type Value } from '../wire/value.ts';

const ERROR = 1;
const SHORTEST_SECRET = 4;

export function errorDiagnostic(summary: string, detail: string, attribute?: string): Message {
  const path = attribute === undefined ? undefined : { steps: [{ attribute_name: attribute }] };
  return { severity: ERROR, summary, detail, attribute: path };
}

export interface FailedCall {
  /** `creating`, `updating`, `deleting`, `reading`. */
  doing: string;
  type: string;
  block: BlockSchema;
  /** Everything that may hold secrets: configuration, planned and prior object. */
  objects: readonly (ObjectValue | null)[];
}

/** The diagnostic of a call that the cloud refused; anything but a Refusal is thrown on, because it is a bug. */
export function refusalDiagnostic(error: unknown, call: FailedCall): Message {
  if (!(error instanceof Refusal)) throw error;
  const secrets = call.objects.flatMap((object) => secretsOf(call.block, object));
  const hide = (text: string): string =>
    secrets.reduce((shown, secret) => shown.replaceAll(secret, '(sensitive)'), text);
  const what = `${call.doing} ${call.type}${nameOf(call.objects)}`;
  // Terraform quotes the source line of an attribute: for a secret, that line may hold it.
  const attribute = error.attribute === undefined ? undefined : call.block.attributes?.[error.attribute];
  const mayQuote = attribute !== undefined && !attribute.sensitive && !attribute.write_only;
  return errorDiagnostic(
    hide(`${what}: ${error.message}`),
    detailOf(error.code),
    mayQuote ? error.attribute : undefined,
  );
}

function detailOf(code: string): string {
  const origin = 'The Plumbline sandbox answered as AWS does.';
  if (/Throttl|Timeout/.test(code)) return `${origin} Trying again can help.`;
  return `${origin} Trying again will not help before the cause is mended.`;
}

function nameOf(objects: readonly (ObjectValue | null)[]): string {
  for (const attribute of ['name', 'bucket', 'identifier', 'function_name', 'family', 'alarm_name', 'id']) {
    const name = objects.map((object) => textOf(object?.[attribute])).find((text) => text !== '');
    if (name) return ` (${name})`;
  }
  return '';
}

/** Texts of sensitive and write-only attributes. Very short ones are left: hiding them would hide the message. */
function secretsOf(block: BlockSchema, object: Value): string[] {
  if (Array.isArray(object)) return object.flatMap((item) => secretsOf(block, item));
  if (!isObject(object)) return [];
  const own = Object.entries(block.attributes ?? {})
    .filter(([, attribute]) => attribute.sensitive || attribute.write_only)
    .map(([name]) => textOf(object[name]))
    .filter((text) => text.length >= SHORTEST_SECRET);
  const inner = Object.entries(block.block_types ?? {}).flatMap(([name, nested]) =>
    secretsOf(nested.block, object[name] ?? null),
  );
  return [...own, ...inner];
}
