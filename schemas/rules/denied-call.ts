// What AWS refused, out of its own words: who may not do what, on what.

export interface DeniedCall {
  action: string;
  resource?: string;
  /** Such as `role deploy`. */
  caller?: string;
}

/** AWS says "User: arn:… is not authorized to perform: sqs:CreateQueue on resource: arn:… because …". */
const REFUSAL =
  /(?:User: (\S+) is )?not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)(?: on (?:the )?resource:? "?([^\s"]+))?/i;

/** @param words a diagnostic, its lines broken anywhere; undefined where it names no action. */
export function deniedCall(words: string): DeniedCall | undefined {
  const [, arn, action, resource] = REFUSAL.exec(words.replace(/\s+/g, ' ')) ?? [];
  if (!action) return undefined;
  const on = resource?.replace(/[.,;]$/, '');
  return { action, ...(on ? { resource: on } : {}), ...(arn ? { caller: callerName(arn) } : {}) };
}

/** A session is named by its role: that is what the policies are given to. */
function callerName(arn: string): string {
  const [, kind, path = ''] = /:(assumed-role|user)\/(.+)$/.exec(arn) ?? [];
  if (kind === 'user') return `user ${path}`;
  return kind ? `role ${path.split('/').at(-2) ?? path}` : arn;
}

/** `role deploy may not do sqs:CreateQueue on arn:…` */
export function deniedWords({ action, resource, caller = 'whoever deploys' }: DeniedCall): string {
  return `${caller} may not do ${action}${resource ? ` on ${resource}` : ''}`;
}
