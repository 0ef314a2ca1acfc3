// Starts the emulator once for the tier, or takes the endpoint that is there already.
import type { TestProject } from 'vitest/node';
import { installEmulator, startEmulator } from './emulator.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    endpoint: string;
  }
}

let stop: (() => Promise<void>) | undefined;

export async function setup({ provide }: TestProject): Promise<void> {
  const given = process.env.PLUMBLINE_AWS_ENDPOINT;
  if (given) return provide('endpoint', given);
  installEmulator();
  const emulator = await startEmulator();
  stop = emulator.stop;
  provide('endpoint', emulator.endpoint);
}

export async function teardown(): Promise<void> {
  await stop?.();
}
