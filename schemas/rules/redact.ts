// Hides the secret fields of an artifact before anybody sees it.
import type { ContractDocument } from '../generated/types.ts';

/** What people see in place of a secret. */
export const REDACTED = '[secret]';

/** Names of the fields whose values must never be shown, sorted. */
export function secretFields(contract: ContractDocument): string[] {
  return Object.entries(contract.properties)
    .filter(([, field]) => field.secret === true)
    .map(([name]) => name)
    .sort();
}

/**
 * The artifact with `[secret]` in its secret fields. A field that the contract does not describe is hidden too, since nothing says
 * that it is harmless. References to secrets (an ARN) stay.
 */
export function redact(contract: ContractDocument, value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const field = Object.hasOwn(contract.properties, name) ? contract.properties[name] : undefined;
      return [name, field && field.secret !== true ? member : REDACTED];
    }),
  );
}
