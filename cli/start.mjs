#!/usr/bin/env node
// `npm start`: installs and builds what has changed, then runs the server in this process, which prints its address last.
import { buildDir, prepare } from './prepare.mjs';

try {
  await prepare();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
// Only a server that somebody starts for good fetches an engine beforehand.
process.argv.push('--fetch-engine');
await import(`${buildDir}/server.mjs`);
