// The server's figures, measured by a process of its own and printed as JSON: a run of the other parts leaves a heap behind, and its
// garbage collections would be counted as the server's time.
import { benchServer } from './server.ts';

console.log(JSON.stringify(await benchServer()));
