// Starts the host from its TypeScript source, whatever the working folder is.
import { register } from 'tsx/esm/api';

register();
await import('./provider-host.ts');
