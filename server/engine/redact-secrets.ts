// Takes exact secret values out of text before anybody reads it.

/** Below this length a value is only replaced as a whole word, or every line would be shredded. */
const FREE_STANDING_BELOW = 4;

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function spellings(secret: string): string[] {
  const lines = secret.includes('\n') ? secret.split(/\r?\n/).map((line) => line.trim()) : [];
  const json = JSON.stringify(secret).slice(1, -1);
  // Go's JSON encoder escapes these three as well.
  const goJson = json.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
  return [secret, json, goJson, encodeURIComponent(secret), ...lines].filter((s) => s !== '');
}

/**
 * A function that replaces the values, and the ways in which Terraform and providers spell them (JSON, URL, line by line), by `[secret]`.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const all = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length);
  if (all.length === 0) return (text) => text;
  const patterns = all.map((s) =>
    s.length < FREE_STANDING_BELOW ? `(?<![\\p{L}\\p{N}])${escapeForRegExp(s)}(?![\\p{L}\\p{N}])` : escapeForRegExp(s),
  );
  const pattern = new RegExp(patterns.join('|'), 'gu');
  return (text) => text.replace(pattern, '[secret]');
}
