import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readServerEvents, type ServerEvent } from './server-events.ts';

const text =
  ': hello\r\n\r\nid: 1\nevent: plumbline\ndata: {"a":"é"}\n\ndata: one\ndata: two\n\nid: 3\n\nid: 4\ndata: cut off';

async function read(pieces: Uint8Array[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readServerEvents(
    (async function* () {
      yield* pieces;
    })(),
  ))
    events.push(event);
  return events;
}

test('messages come out the same however the bytes are cut', async () => {
  const bytes = new TextEncoder().encode(text);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length)), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const pieces = places.slice(1).map((end, index) => bytes.slice(places[index], end));
      expect(await read(pieces)).toEqual([
        { id: '1', data: '{"a":"é"}' },
        { id: '', data: 'one\ntwo' },
      ]);
    }),
  );
});
