// A secret is planted and looked for everywhere; the same search must find it where sealing and redaction are switched off.
import { afterEach, expect, it, vi } from 'vitest';
import { lifeWithCanary } from './canary-search.ts';

afterEach(() => {
  vi.doUnmock('../../server/store/seal.ts');
  vi.doUnmock('../../schemas/rules/redact.ts');
  vi.resetModules();
});

it('shows a secret to nobody but the engine, from the first save to the last destroy', async () => {
  const { startServer } = await import('../../server/start-server.ts');
  const { places, inEngines, searched } = await lifeWithCanary(startServer);
  expect(places).toEqual([]);
  expect(inEngines).toBeGreaterThan(0);
  expect(searched).toBeGreaterThan(100);
});

it('finds the secret in the database when nothing is sealed, and in backups', async () => {
  vi.resetModules();
  vi.doMock('../../server/store/seal.ts', () => ({
    seal: (_key: Buffer, _name: string, plain: Buffer) => plain,
    unseal: (_key: Buffer, _name: string, envelope: Buffer) => envelope,
  }));
  const { startServer } = await import('../../server/start-server.ts');
  const { places } = await lifeWithCanary(startServer);
  expect(places.some((place) => place.startsWith('saved: file plumbline.db'))).toBe(true);
  expect(places.some((place) => place.startsWith('applied: file plumbline.db'))).toBe(true);
  expect(places.some((place) => place.startsWith('closed: file plumbline.db'))).toBe(true);
  expect(places.some((place) => place.endsWith('GET backup'))).toBe(true);
  expect(places.some((place) => place.includes('GET') && !place.endsWith('GET backup'))).toBe(false);
});

it('finds the secret in answers, events and logs when nothing is redacted', async () => {
  vi.resetModules();
  vi.doMock('../../schemas/rules/redact.ts', async (original) => ({
    ...(await original<object>()),
    redact: (_contract: unknown, value: unknown) => value,
    secretFields: () => [],
  }));
  const { startServer } = await import('../../server/start-server.ts');
  const { places } = await lifeWithCanary(startServer);
  const applied = places.filter((place) => place.startsWith('applied: ')).map((place) => place.slice(9));
  expect(applied).toEqual(
    expect.arrayContaining(
      ['artifacts', 'events', 'state'].map((what) => `GET projects/shop/environments/dev/${what}`),
    ),
  );
});
