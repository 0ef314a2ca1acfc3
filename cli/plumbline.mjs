#!/usr/bin/env node
// The `plumbline` command: makes its own bundle ready when the sources have changed, then runs it.
import { buildDir, prepare } from './prepare.mjs';

try {
  await prepare({ parts: ['code'], quiet: true });
} catch (error) {
  console.error(error.message);
  process.exit(3);
}
const { main } = await import(`${buildDir}/cli.mjs`);
await main();
