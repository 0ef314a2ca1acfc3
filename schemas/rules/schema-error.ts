// Puts what a JSON Schema validator found into words: got, expected, fix.
import type { ParamIssue } from './catalog.ts';
import { listNames, quote } from './issues.ts';
import { jsonPointer, valueAt } from './json-pointer.ts';
import { isRecord } from './merge-patch.ts';
import { REDACTED } from './redact.ts';

/** What Ajv, and validators that Ajv compiled beforehand, say of one finding. */
export interface SchemaError {
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
  propertyName?: string;
}

type Words = Omit<ParamIssue, 'path'>;

/**
 * Words for the findings about one document; findings that only repeat others are left out.
 * @param secret JSON Pointers of values that must not be quoted
 */
export function describeSchemaErrors(
  errors: readonly SchemaError[],
  document: unknown,
  secret: ReadonlySet<string> = new Set(),
): ParamIssue[] {
  return errors.filter(saysSomething).map((error) => describeSchemaError(error, document, secret));
}

/** Words for one finding. */
export function describeSchemaError(
  error: SchemaError,
  document: unknown,
  secret: ReadonlySet<string> = new Set(),
): ParamIssue {
  const path = pathOf(error);
  const show = () => (secret.has(error.instancePath) ? REDACTED : preview(valueAt(document, error.instancePath)));
  return { path, ...describe(error, path, show) };
}

/** A short form of a JSON value: scalars as they are, lists and objects by their kind. */
function preview(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isRecord(value)) return 'an object';
  return typeof value === 'string' ? quote(value) : String(value);
}

/** `if` only says that `then` or `else` failed, and a property name's own finding is told by `propertyNames`. */
function saysSomething(error: SchemaError): boolean {
  return error.keyword !== 'if' && error.propertyName === undefined;
}

/** The place that is wrong: for a missing or an unknown member, the member. */
function pathOf({ instancePath, params }: SchemaError): string {
  const member =
    params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty ?? params.propertyName;
  return typeof member === 'string' ? instancePath + jsonPointer(member) : instancePath;
}

function describe(error: SchemaError, path: string, show: () => string): Words {
  const { keyword, params } = error;
  const at = path === '' ? 'The document' : path;
  const where = `Change ${path === '' ? 'it' : path}.`;
  switch (keyword) {
    case 'required':
      return words(`${at} is missing.`, 'nothing', 'a value', `Add ${path}.`);
    case 'additionalProperties':
    case 'unevaluatedProperties':
    case 'propertyNames':
      return words(
        `${at} is not known here.`,
        path.slice(path.lastIndexOf('/') + 1),
        'known names only',
        `Take ${path} away.`,
      );
    case 'type':
      return words(`${at} has the wrong type.`, show(), String(params.type), where);
    case 'enum':
      return words(`${at} is none of the allowed values.`, show(), `one of ${allowed(params.allowedValues)}`, where);
    case 'const':
      return words(`${at} has the wrong value.`, show(), preview(params.allowedValue), where);
    case 'pattern':
      return words(`${at} has the wrong form.`, show(), `text like ${String(params.pattern)}`, where);
    case 'uniqueItems':
      return words(
        `${at} names something twice.`,
        show(),
        'every item once',
        `Take item ${String(params.i)} or ${String(params.j)} away.`,
      );
    default:
      return words(`${at} ${error.message ?? 'breaks the schema'}.`, show(), error.message ?? keyword, where);
  }
}

function words(message: string, got: string, expected: string, fix: string): Words {
  return { message, got, expected, fix };
}

function allowed(values: unknown): string {
  return Array.isArray(values) ? listNames(values.map(preview), 20) : preview(values);
}
