// Asks the emulator: makes the call that asks for an action, and tells being refused by IAM from what lies behind it.
import { CALLS, type Target } from './grants-calls.ts';
import type { Clients } from './grants-clients.ts';

/** Actions that no call asks for, and why. */
export const EVALUATOR_ALONE: Readonly<Record<string, string>> = {
  'rds-db:connect': 'asked when a client logs in to PostgreSQL, by no call of an API.',
};

const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'AuthorizationError', 'AuthorizationErrorException']);

/**
 * Makes the call. @returns `allowed`, `denied`, what was answered where that says neither, or undefined for an action that no
 * call asks for
 * @throws Error where no call is known
 */
export async function askEmulator(clients: Clients, action: string, target: Target): Promise<string | undefined> {
  const call = CALLS[action];
  if (!call) {
    if (Object.hasOwn(EVALUATOR_ALONE, action)) return undefined;
    throw new Error(`Say in grants-calls.ts which call asks for ${action}, or why none does.`);
  }
  try {
    await call.send(clients, target);
    return 'allowed';
  } catch (error) {
    const { name, message } = error as Error;
    if (DENIED.has(name)) return 'denied';
    if (call.behind?.includes(name)) return 'allowed';
    return `${name}: ${message}`;
  }
}
