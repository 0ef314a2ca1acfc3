// One call of AWS's API by who may do everything: for what happens behind Terraform's back, and for looking afterwards.
import { ROOT_KEYS } from './emulator.mjs';

interface EmulatorCall {
  /** As it is signed for, such as `elasticloadbalancing`. */
  service: string;
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** @returns the answer's text. @throws Error with what was answered where that is no success */
export async function callEmulator(where: { endpoint: string; region: string }, call: EmulatorCall): Promise<string> {
  const { service, path = '/', headers, body, method = body === undefined ? 'GET' : 'POST' } = call;
  // Who asks is read from the key's name alone: the emulator does not check signatures.
  const scope = `${ROOT_KEYS.accessKeyId}/20260101/${where.region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const answer = await fetch(new URL(path, where.endpoint), { method, body, headers: { ...headers, authorization } });
  const text = await answer.text();
  if (answer.ok) return text;
  throw new Error(`${method} ${path} of ${service} was answered with ${answer.status}: ${text.slice(0, 300)}`);
}
