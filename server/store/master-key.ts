// The master key: given by the operator, or made beside the data.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../errors.ts';

export interface MasterKey {
  /** 32 bytes. */
  key: Buffer;
  source: 'environment' | 'file' | 'embedded';
  /** What keeping it there is worth, for the health page. */
  note: string;
}

interface KeySettings {
  PLUMBLINE_MASTER_KEY?: string;
  PLUMBLINE_MASTER_KEY_FILE?: string;
}

/**
 * Finds the master key: PLUMBLINE_MASTER_KEY (base64 of 32 bytes), else the file that PLUMBLINE_MASTER_KEY_FILE names, else `master.key`
 * (mode 0600) in the data folder, which is made when it is missing and may be made.
 * @throws `wrong-master-key` when there is none and it may not be made, `bad-setting` when a key that was given cannot be read or is not 32 bytes.
 */
export function loadMasterKey(dataDir: string, settings: KeySettings, mayMake = true): MasterKey {
  if (settings.PLUMBLINE_MASTER_KEY) {
    const key = decodeKey(settings.PLUMBLINE_MASTER_KEY, 'PLUMBLINE_MASTER_KEY');
    return {
      key,
      source: 'environment',
      note: 'The key comes from the environment: a copy of the data folder alone opens nothing.',
    };
  }
  if (settings.PLUMBLINE_MASTER_KEY_FILE) {
    const key = readKeyFile(settings.PLUMBLINE_MASTER_KEY_FILE, 'PLUMBLINE_MASTER_KEY_FILE');
    return {
      key,
      source: 'file',
      note: 'The key comes from a file of the operator: a copy of the data folder alone opens nothing.',
    };
  }
  const note =
    'The key lies beside the data (master.key): whoever can copy the data folder can open what it seals. Set PLUMBLINE_MASTER_KEY or PLUMBLINE_MASTER_KEY_FILE for more.';
  return { key: embeddedKey(dataDir, mayMake), source: 'embedded', note };
}

function embeddedKey(dataDir: string, mayMake: boolean): Buffer {
  const file = join(dataDir, 'master.key');
  if (existsSync(file)) return readKeyFile(file, 'master.key');
  if (!mayMake)
    fail('wrong-master-key', {
      message: 'There is no master key to open the data with.',
      got: 'no key',
      expected: file,
      retry: false,
    });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const key = randomBytes(32);
  writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  chmodSync(file, 0o600);
  return key;
}

function readKeyFile(file: string, name: string): Buffer {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    return fail('bad-setting', {
      values: { name },
      got: `${file}, which cannot be read`,
      expected: 'a file with the base64 text of 32 bytes',
      cause,
    });
  }
  return decodeKey(text, name);
}

function decodeKey(text: string, name: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === 32) return key;
  return fail('bad-setting', {
    values: { name },
    got: `${key.length} bytes`,
    expected: 'the base64 text of 32 bytes',
    fix: 'Make one with: openssl rand -base64 32',
  });
}
