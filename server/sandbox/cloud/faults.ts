// Failures that somebody ordered: denied, throttled, over quota, timed out.
import type { Fault } from '../contract.ts';
import { Refusal } from './refusal.ts';

export type Operation = 'create' | 'read' | 'update' | 'delete';

export interface FaultCall {
  type: string;
  operation: Operation;
  owner: string;
}

const VERBS = { create: 'Create', read: 'Describe', update: 'Modify', delete: 'Delete' } as const;
const ASSUMED_ROLE = 'assumed-role/plumbline-sandbox/terraform';

/** Injects faults; how often each one has been met is counted per sandbox and fault id. */
export class FaultInjector {
  private readonly counts = new Map<string, number>();
  private readonly faults: () => Promise<Fault[]>;
  private readonly account: string;
  private readonly timeoutMs: number;

  constructor(faults: () => Promise<Fault[]>, account: string, timeoutMs = 300) {
    this.faults = faults;
    this.account = account;
    this.timeoutMs = timeoutMs;
  }

  /** @throws Refusal when a fault was ordered for this call */
  async meet(call: FaultCall): Promise<void> {
    for (const fault of await this.faults()) {
      if (!concerns(fault, call) || !this.isDue(fault)) continue;
      if (fault.kind === 'timeout') await new Promise((resolve) => setTimeout(resolve, this.timeoutMs));
      throw refusalOf(fault.kind, call, this.account);
    }
  }

  private isDue(fault: Fault): boolean {
    const count = (this.counts.get(fault.id) ?? 0) + 1;
    this.counts.set(fault.id, count);
    return fault.nth === undefined || fault.nth === count;
  }
}

function concerns(fault: Fault, call: FaultCall): boolean {
  const type = fault.type === '*' || fault.type === call.type;
  const operation = fault.operation === '*' || fault.operation === call.operation;
  return type && operation && (fault.node === undefined || fault.node === call.owner);
}

function refusalOf(kind: Fault['kind'], call: FaultCall, account: string): Refusal {
  const action = actionOf(call);
  if (kind === 'denied') {
    const who = `arn:aws:sts::${account}:${ASSUMED_ROLE}`;
    const why = `because no identity-based policy allows the ${action} action`;
    return new Refusal('AccessDenied', `User: ${who} is not authorized to perform: ${action} ${why}`);
  }
  if (kind === 'throttled') return new Refusal('ThrottlingException', 'Rate exceeded');
  if (kind === 'quota') return new Refusal('LimitExceeded', `The quota of ${call.type} in this account is used up`);
  const done = call.operation === 'delete' ? 'deleted' : 'available';
  return new Refusal('RequestTimeout', `timeout while waiting for state to become '${done}' (timeout: 5m0s)`);
}

/** A guess at the IAM action: `sqs:CreateQueue` for creating an `aws_sqs_queue`. */
function actionOf({ type, operation }: FaultCall): string {
  const [, service = '', ...rest] = type.split('_');
  const inEc2 = EC2_NOUNS.has(service);
  const words = inEc2 || rest.length === 0 ? [service, ...rest] : rest;
  const noun = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return `${inEc2 ? 'ec2' : (PREFIXES[service] ?? service)}:${VERBS[operation]}${noun}`;
}

const PREFIXES: Readonly<Record<string, string>> = {
  db: 'rds',
  lb: 'elasticloadbalancing',
  appautoscaling: 'application-autoscaling',
};
const EC2_NOUNS = new Set(['vpc', 'subnet', 'internet', 'nat', 'eip', 'route', 'flow', 'security', 'default']);
