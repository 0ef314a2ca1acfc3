// Values from outside as Terraform literals: `${...}` and `%{...}` in them are text, never a template.

/** Escapes template sequences in every string and key of a JSON value, so that Terraform reads back what was given. */
export function literal<T>(value: T): T {
  return escape(value) as T;
}

function escape(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
  if (Array.isArray(value)) return value.map(escape);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [escape(key), escape(item)]));
}
