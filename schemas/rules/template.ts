// Templates over contract fields: `{arn}/*`, `{adminSecret.arn}`.

const FIELD = /(?<!\$)\{([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)*)\}/g;

/** Fills every `{field}` or `{field.part}`; AWS policy variables such as `${aws:username}` stay as they are. */
export function fillTemplate(template: string, resolve: (fieldPath: string) => string): string {
  return template.replace(FIELD, (_match, field: string) => resolve(field));
}

/** The field paths that a template refers to, in order of appearance. */
export function templateFields(template: string): string[] {
  return [...template.matchAll(FIELD)].map((match) => match[1] ?? '');
}
