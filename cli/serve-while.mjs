// Runs a server bundle for as long as the process that started it keeps the other end of stdin open: `node serve-while.mjs <bundle>`.
import { pathToFileURL } from 'node:url';

const stop = () => process.kill(process.pid, 'SIGTERM');
process.stdin.once('end', stop);
process.stdin.once('error', stop);
process.stdin.resume();
process.stdin.unref?.();
await import(pathToFileURL(process.argv[2]).href);
