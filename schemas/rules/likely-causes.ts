// Which param or permission a failure most likely comes from, read out of the provider's own words.
import type { ModuleManifest, RunError } from '../generated/types.ts';
import { type DeniedCall, deniedCall } from './denied-call.ts';
import { paramProperties } from './param-properties.ts';

export type LikelyCause =
  | ({ kind: 'permission' } & DeniedCall)
  | { kind: 'param'; param: string; title: string; value: unknown; because: 'named' | 'value' };

/** More than this is no longer an answer. */
const MOST = 3;

/** How the provider says that it waited too long: its own time, and no setting that is called so. */
const WAITED = /timeout while waiting for|\(timeout: [\w.]+\)/gi;

/**
 * The likely causes of a failed step, the surest first; empty where the words tell nothing.
 * @param params the node's resolved params: what the compiled root was made of.
 */
export function likelyCauses(
  error: Pick<RunError, 'code' | 'detail'>,
  manifest: ModuleManifest | undefined,
  params: Record<string, unknown>,
): LikelyCause[] {
  // Terraform breaks its lines at 78 columns, in the middle of names.
  const words = (error.detail ?? '').replace(/\s+/g, ' ').replace(WAITED, '');
  const permission = deniedAction(words, error.code);
  return [...(permission ? [permission] : []), ...paramCauses(words, manifest, params)].slice(0, MOST);
}

/** Without AWS's own sentence, the SDK names the call. */
function deniedAction(words: string, code: string): LikelyCause | undefined {
  const named = deniedCall(words);
  if (named) return { kind: 'permission', ...named };
  if (code !== 'denied') return undefined;
  const call = /operation error ([\w ]+): (\w+)/.exec(words);
  return call?.[1] && call[2]
    ? { kind: 'permission', action: `${call[1].toLowerCase().replaceAll(' ', '')}:${call[2]}` }
    : undefined;
}

function paramCauses(words: string, manifest: ModuleManifest | undefined, params: Record<string, unknown>) {
  const properties = paramProperties(manifest?.params);
  const causes = Object.entries(params).flatMap(([param, value]) => {
    const property = properties[param] ?? {};
    if (property.secret === true) return [];
    const title = typeof property.title === 'string' ? property.title : param;
    const because = isNamed(words, param, title) ? 'named' : isQuoted(words, value) ? 'value' : undefined;
    return because ? [{ kind: 'param' as const, param, title, value, because } satisfies LikelyCause] : [];
  });
  return causes.sort((a, b) => Number(b.because === 'named') - Number(a.because === 'named'));
}

/** `visibilityTimeoutSeconds` also as `visibility_timeout_seconds`, `visibility timeout` and AWS's `VisibilityTimeout`. */
function isNamed(words: string, param: string, title: string): boolean {
  const parts = param.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  const bare = parts.replace(/ (seconds|minutes|hours|days|mb|gb|count|gigabytes|megabytes)$/, '');
  const names = new Set([parts, bare, title.toLowerCase()].filter((name) => name.includes(' ') || name.length > 5));
  return [...names].some((name) => hasWord(words, name.split(' ').map(escape).join('[ _-]?')));
}

function isQuoted(words: string, value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) > 9 && hasWord(words, escape(String(value)));
  return typeof value === 'string' && value.length > 3 && hasWord(words, escape(value));
}

function hasWord(words: string, pattern: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9])${pattern}(?![A-Za-z0-9])`, 'i').test(words);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
