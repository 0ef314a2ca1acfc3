// Looks for a secret in every place that it must not reach: files, rows of the database, plan files, answers, events, output.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { inflateRawSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { readServerEvents } from '../../cli/client/server-events.ts';
import type { EnvironmentState, Graph, RunHead, SandboxObject } from '../../schemas/generated/types.ts';
import { unzip } from './unzip.ts';

export type Open = (url: string, init?: RequestInit) => Promise<Response>;

/** A running server, as somebody sees it who may read its disk and call its API. */
export interface Searched {
  dataDir: string;
  open: Open;
  /** `projects/<project>/environments/<name>`: what its routes tell is searched. */
  paths: readonly string[];
  /** Everything that the server has written to its output. */
  output(): string;
}

/** The encodings in which a text that no escaping changes may stand somewhere. */
export function marksOf(core: string): string[] {
  const inBase64 = [0, 1, 2].map((shift) =>
    Buffer.from('.'.repeat(shift) + core)
      .toString('base64')
      .slice(4, -4),
  );
  return [core, ...inBase64, Buffer.from(core).toString('hex')];
}

/** @param marks what to look for, and only that: whoever finds one of them has found a secret. */
export function createSearch(marks: readonly string[]) {
  const places: string[] = [];
  const all: string[] = [];
  const isFound = (bytes: Buffer | string) => marks.some((mark) => bytes.includes(mark));
  const look = (place: string, bytes: Buffer | string) => {
    all.push(place);
    if (isFound(bytes) || (typeof bytes !== 'string' && packedIn(bytes).some(isFound))) places.push(place);
  };
  const searchFiles = (moment: string, dataDir: string) => {
    for (const file of filesIn(dataDir)) look(`${moment}: file ${file.slice(dataDir.length + 1)}`, readFileSync(file));
    for (const { place, bytes } of packedRows(join(dataDir, 'plumbline.db'))) look(`${moment}: ${place}`, bytes);
  };
  return {
    /** Where it was seen, by the moment of the search. */
    places,
    /** Every place that was searched, by moment. */
    all,
    isFound,
    look,
    searchFiles,
    async search(moment: string, { dataDir, open, paths, output }: Searched): Promise<void> {
      searchFiles(moment, dataDir);
      for (const path of paths) {
        for (const url of await everyAnswer(open, path)) {
          const answer = await open(url);
          look(`${moment}: GET ${url}`, Buffer.from(await answer.arrayBuffer()));
        }
        look(`${moment}: GET ${path}/events`, await everyEvent(open, path));
      }
      look(`${moment}: output`, output());
    },
  };
}

/** What bytes hold that a plain search would not see: a plan file is a zip archive, and a revision is deflated. */
function packedIn(bytes: Buffer): Buffer[] {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return unzip(bytes).map(({ content }) => content);
  try {
    return [inflateRawSync(bytes)];
  } catch {
    return [];
  }
}

/** Everything in the database that is neither text nor a number: a value larger than a page is scattered over the file. */
function packedRows(file: string): { place: string; bytes: Buffer }[] {
  const db = new Sqlite(file, { readonly: true });
  try {
    const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).pluck().all() as string[];
    return tables.flatMap((table) =>
      (db.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[]).flatMap((row) =>
        Object.entries(row).flatMap(([column, bytes]) =>
          Buffer.isBuffer(bytes) ? [{ place: `row of ${table}.${column}`, bytes }] : [],
        ),
      ),
    );
  } finally {
    db.close();
  }
}

function filesIn(dataDir: string): string[] {
  return (
    readdirSync(dataDir, { recursive: true, withFileTypes: true })
      // A provider that was installed into the folder is nobody's secret, and half a gigabyte.
      .filter((entry) => entry.isFile() && !entry.name.startsWith('terraform-provider-'))
      .map((entry) => join(entry.parentPath, entry.name))
  );
}

const catalogue = /^(modules|contracts)(\/|$)/;

/** Every GET route that the server describes, for everything that the environment has. */
async function everyAnswer(open: Open, path: string): Promise<string[]> {
  const read = async <T>(url: string) => (await (await open(url)).json()) as T;
  const { paths } = await read<{ paths: Record<string, { get?: object }> }>('openapi.json');
  const { graph } = await read<{ graph: Graph }>(`${path}/graph`);
  const runs = await read<RunHead[]>(`${path}/runs`);
  const objects = await read<SandboxObject[] | object>(`${path}/sandbox/objects`);
  const nodes = graph.nodes.map(({ id }) => id);
  const known: Record<string, readonly string[]> = {
    'runs/{id}': runs.map(({ id }) => `runs/${id}`),
    'runs/{id}/logs': runs.map(({ id }) => `runs/${id}/logs`),
    [`${path}/policies/{node}`]: nodes.map((id) => `${path}/policies/${id}`),
    [`${path}/outputs/{node}`]: nodes.map((id) => `${path}/outputs/${id}`),
    [`${path}/connections/{id}`]: graph.connections.map(({ id }) => `${path}/connections/${id}`),
    [`${path}/sandbox/object`]: (Array.isArray(objects) ? objects : []).map(
      ({ type, id }) => `${path}/sandbox/object?${new URLSearchParams({ type, id })}`,
    ),
    [`${path}/text`]: [`${path}/text`, `${path}/text?layout=true`],
    // A stream without an end: everyEvent reads it.
    [`${path}/events`]: [],
  };
  const routes = Object.entries(paths)
    .filter(([, methods]) => methods.get)
    .map(([route]) => route.replace('/api/', '').replace(/^projects\/\{project\}\/environments\/\{environment\}/, path))
    .filter((route) => !catalogue.test(route));
  return routes.flatMap((route) => {
    const urls = known[route];
    if (!urls && route.includes('{')) throw new Error(`The search does not know what to put into the route ${route}.`);
    return urls ?? [route];
  });
}

/** Every event since the environment was made. */
async function everyEvent(open: Open, path: string): Promise<string> {
  const { lastEvent } = (await (await open(`${path}/state`)).json()) as EnvironmentState;
  if (lastEvent === 0) return '';
  const stop = new AbortController();
  const { body } = await open(`${path}/events?after=0`, { signal: stop.signal });
  if (!body) throw new Error('no event stream');
  let text = '';
  try {
    for await (const { id, data } of readServerEvents(Readable.fromWeb(body as ReadableStream))) {
      text += `${data}\n`;
      if (Number(id) >= lastEvent) break;
    }
  } finally {
    stop.abort();
  }
  return text;
}
