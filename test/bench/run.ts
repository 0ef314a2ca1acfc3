// `npm run bench`: prints ratios and writes its samples to results/<date>.json. It never passes or fails on a clock.
// Words on the command line name the parts to run (synth, apply, server, canvas, aws); --rounds=N sets how often each is repeated.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findEngines } from '../../server/engine/find-engine.ts';
import { type ApplyFigures, benchApply } from './apply.ts';
import { type AwsFigures, benchAws } from './aws.ts';
import { benchCanvas, type CanvasSample } from './canvas.ts';
import { canvasLines } from './canvas-lines.ts';
import { findCdktf } from './cdktf-deploy.ts';
import { median, quantile, ratio, type Sample } from './measure.ts';
import type { ServerFigures, Timed } from './server.ts';
import { benchSynth, type SynthFigures } from './synth.ts';

/** A figure beside its goal. */
export interface Line {
  what: string;
  got: string;
  goal: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const results = fileURLToPath(new URL('./results/', import.meta.url));
const times = (value: number) => `${value.toFixed(2)}x`;
const milliseconds = (samples: readonly Sample[]) => samples.map(({ seconds }) => seconds * 1000);

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(`${root}node_modules/${name}/package.json`, 'utf8')) as { version: string }).version;
}

function both({ clock, cpu }: { clock: number; cpu: number }): string {
  return Number.isNaN(cpu) ? times(clock) : `${times(clock)} (processor time ${times(cpu)})`;
}

function synthLines({ product, bare, bareSynthOnly, recheck }: SynthFigures): Line[] {
  return [
    { what: 'check + synth of 1,000 nodes : one bare App of them', got: both(ratio(product, bare)), goal: '1.5x' },
    { what: 'the same : app.synth() alone', got: both(ratio(product, bareSynthOnly)), goal: '1.5x' },
    {
      what: 're-check of 1,000 nodes after one edit',
      got: `${median(milliseconds(recheck)).toFixed(1)} ms`,
      goal: '30 ms',
    },
  ];
}

function applyLines({ product, bare, cdktf, cdktfFailure, again, enginesAgain }: ApplyFigures): Line[] {
  const noCdktf = cdktfFailure
    ? 'skipped: the cdktf CLI does not work here (see the samples)'
    : 'skipped: neither cdktn nor cdktf is on PATH';
  return [
    { what: 'apply of 100 nodes in 10 waves : bare shell loop', got: both(ratio(product, bare)), goal: '1.10x' },
    {
      what: "cdktf deploy '*' : apply of the same",
      got: cdktf.length > 0 ? both(ratio(cdktf, product)) : noCdktf,
      goal: 'at least 5x',
    },
    {
      what: 're-apply of 100 nodes with nothing changed',
      got: `${(median(milliseconds(again)) / 1000).toFixed(2)} s, ${enginesAgain} steps given to the engine`,
      goal: '1 s, none',
    },
  ];
}

/** In a process of its own; the loader of TypeScript is among this one's arguments. */
function measureServer(): ServerFigures {
  const program = fileURLToPath(new URL('./server-alone.ts', import.meta.url));
  return JSON.parse(
    execFileSync(process.execPath, [...process.execArgv, program], { encoding: 'utf8' }),
  ) as ServerFigures;
}

function serverLines({ restMegabytes, edits, pushes }: ServerFigures): Line[] {
  const got = restMegabytes === undefined ? 'this system does not tell' : `${restMegabytes.toFixed(0)} MB`;
  return [
    { what: 'server at rest, with the demo', got, goal: '250 MB' },
    { what: 'save of one edit in 1,000 nodes, over HTTP', got: spread(edits), goal: 'p99 25 ms' },
    { what: 'push of a file of 1,000 nodes, over HTTP', got: spread(pushes), goal: 'p99 25 ms' },
  ];
}

function spread({ samples, cpuMilliseconds: cpu }: Timed): string {
  const [middle, worst] = [quantile(milliseconds(samples), 0.5), quantile(milliseconds(samples), 0.99)];
  const processor = cpu === undefined ? '' : `, processor ${cpu.toFixed(1)} ms`;
  return `p99 ${worst.toFixed(1)} ms (p50 ${middle.toFixed(1)} ms${processor})`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '3' } },
  });
  const rounds = Number(values.rounds);
  const named = (part: string) => positionals.includes(part);
  const wanted = (part: string) => positionals.length === 0 || named(part);
  const [engine] = await findEngines({ dataDir: results });
  const cdktf = findCdktf();
  const lines: Line[] = [];
  const samples: {
    synth?: SynthFigures;
    apply?: ApplyFigures;
    server?: ServerFigures;
    canvas?: CanvasSample[];
    aws?: AwsFigures;
  } = {};
  const before = loadavg();
  if (wanted('synth')) {
    samples.synth = await benchSynth(rounds);
    lines.push(...synthLines(samples.synth));
  }
  if (wanted('server')) {
    samples.server = measureServer();
    lines.push(...serverLines(samples.server));
  }
  if (wanted('canvas')) {
    samples.canvas = await benchCanvas(rounds);
    lines.push(...canvasLines(samples.canvas));
  }
  if (wanted('apply') && engine) {
    samples.apply = await benchApply(rounds, cdktf?.program);
    lines.push(...applyLines(samples.apply));
  }
  // On its word alone: it needs the emulator's Python and the real provider.
  if (named('aws')) {
    samples.aws = await benchAws(rounds);
    const got = both(ratio(samples.aws.product, samples.aws.bare));
    lines.push({ what: 'apply of 8 boxes on AWS (emulator) : bare shell loop', got, goal: '1.05x' });
  }
  if (wanted('apply') && !engine) console.log('apply: skipped, neither tofu nor terraform is on PATH');
  const date = new Date().toISOString();
  const versions = {
    node: process.version,
    engine: engine ? `${engine.kind} ${engine.version}` : 'none',
    cdktf: `${versionOf('cdktf')} (cdktn)`,
    provider: `@cdktf/provider-aws ${versionOf('@cdktf/provider-aws')}`,
    cdktfCli: cdktf ? `${cdktf.program} ${cdktf.version}` : 'none',
  };
  const machine = { processors: availableParallelism(), loadBefore: before, loadAfter: loadavg() };
  for (const { what, got, goal } of lines) console.log(`${what.padEnd(54)} ${got.padEnd(44)} goal ${goal}`);
  mkdirSync(results, { recursive: true });
  const file = `${results}${date.slice(0, 19).replaceAll(':', '-')}.json`;
  writeFileSync(file, `${JSON.stringify({ date, versions, machine, figures: lines, samples }, null, 2)}\n`);
  console.log(`\nSamples: ${file.slice(root.length)}`);
}

await main();
