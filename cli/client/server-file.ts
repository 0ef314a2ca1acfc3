import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server writes into its data folder, readable by its user only. */
export interface ServerFile {
  address: string;
  pid: number;
  token?: string;
}

/** The server file of a data folder, when its process lives. */
export function readServerFile(data: string): ServerFile | undefined {
  try {
    const file = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as ServerFile;
    return isAlive(file.pid) ? file : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a server answers there (the process id may have gone to another program since). */
export async function answers(file: ServerFile): Promise<boolean> {
  try {
    const headers: Record<string, string> = file.token ? { authorization: `Bearer ${file.token}` } : {};
    const response = await fetch(`${file.address}/api/health`, { headers, signal: AbortSignal.timeout(5000) });
    return response.ok;
  } catch {
    return false;
  }
}
