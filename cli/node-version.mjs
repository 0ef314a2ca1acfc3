// Refuses a Node that this version was not tested with. Plain JavaScript, as nothing is installed yet.

/** Lines of Node that are supported, with the first good minor of each; newer majors pass. */
const supported = [
  [20, 20],
  [22, 12],
  [24, 0],
];

/** A sentence about what is wrong with a Node version, or undefined when it will do. */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const line = supported.find(([known]) => known === major);
  if (line ? minor >= line[1] : major > 24) return undefined;
  const wanted = supported.map(([known, first]) => `${known}.${first}`).join(', ');
  return `Plumbline needs Node ${wanted} or a later release of these lines; this is Node ${version}. Install one of them (https://nodejs.org) and run the command again.`;
}

/** Ends the process with that sentence when this Node will not do. */
export function requireNode() {
  const problem = nodeProblem(process.versions.node);
  if (!problem) return;
  console.error(problem);
  process.exit(1);
}
