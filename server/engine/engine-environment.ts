// The environment of an engine process: an allow-list of ours, plus what the root needs.
import type { CloudTarget } from '../../schemas/generated/types.ts';

const ALWAYS = [
  'PATH',
  'HOME',
  'USER',
  'TMPDIR',
  'LANG',
  'LC_ALL',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  // Go's own: the machine's owner may trade memory for processor time, a quarter of what the real provider's start takes.
  'GOGC',
  'GOMEMLIMIT',
];

const FIXED = {
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
  TF_INPUT: '0',
  // The defaults wait up to 30 s between attempts; our backend is on loopback: it answers at once or is gone.
  TF_HTTP_RETRY_MAX: '1',
  TF_HTTP_RETRY_WAIT_MIN: '1',
  TF_HTTP_RETRY_WAIT_MAX: '1',
};

/**
 * A run in the sandbox is many engine processes of a few tenths of a second with a small heap: collecting garbage a fifth as often
 * spares a tenth of their processor time. The real provider's heap is hundreds of megabytes: there Go's own default stands, unless GOGC is set.
 */
const SHORT_LIVED = { GOGC: '400' };

export interface EngineEnvironment {
  target: CloudTarget['kind'];
  /** The server's own environment. */
  parent: NodeJS.ProcessEnv;
  /** File made by `writeCliConfig`. */
  cliConfig: string;
  /** What the root needs; wins over everything else. */
  extra: Record<string, string>;
}

function inherited(name: string, target: CloudTarget['kind']): boolean {
  if (ALWAYS.includes(name)) return true;
  // Credentials of the machine are for the real cloud alone. A CA bundle breaks the provider against a plain-HTTP endpoint.
  return target === 'aws' && name.startsWith('AWS_');
}

/** The whole environment of the child: nothing of the user's TF_* or, outside target `aws`, AWS_* gets through. */
export function engineEnvironment({ target, parent, cliConfig, extra }: EngineEnvironment): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(parent)) {
    if (value !== undefined && inherited(name, target)) result[name] = value;
  }
  Object.assign(result, FIXED, target === 'sandbox' ? SHORT_LIVED : {}, { TF_CLI_CONFIG_FILE: cliConfig }, extra);
  if (target === 'aws-endpoint') delete result.AWS_CA_BUNDLE;
  return result;
}
