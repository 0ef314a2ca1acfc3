export const ROOT_KEYS: { accessKeyId: string; secretAccessKey: string };
export function installEmulator(): void;
export function startEmulator(
  at?: number,
): Promise<{ endpoint: string; port: number; stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void> }>;
