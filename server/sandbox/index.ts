// The embedded cloud: what the rest of the server may use of it.
export type {
  CloudObject,
  Fault,
  ObjectStore,
  RemovedObject,
  Sandbox,
  SandboxLogLine,
  SandboxOptions,
} from './contract.ts';
export { startSandbox } from './start-sandbox.ts';
