// The environment's own panel: who it plans and applies as, asked of the cloud, and the engine that does so.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findOpenTofu } from '../tiers.mjs';
import * as gestures from './gestures.ts';
import { oneTable } from './graphs.ts';
import { openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

const openTofu = findOpenTofu();
let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline({ env: openTofu ? { PLUMBLINE_ENGINE: openTofu } : {} });
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

/** An endpoint that knows one call of AWS: who is this? */
async function openCloud() {
  let account = '123456789012';
  const server = createServer((_request, response) => {
    const arn = `arn:aws:sts::${account}:assumed-role/deploy/plumbline-shop`;
    const result = `<Arn>${arn}</Arn><UserId>AROA</UserId><Account>${account}</Account>`;
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    become: (other: string) => {
      account = other;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

it('shows account, role and region, says so where it is another account or nobody answers, and asks again', async () => {
  const cloud = await openCloud();
  const target = { kind: 'aws-endpoint', endpoint: cloud.endpoint, region: 'eu-central-1' } as const;
  const { page, expect: expectComplaint } = await plumbline.page(
    await plumbline.environment('identity', oneTable(), { target }),
  );
  await gestures.untilDrawn(page);
  const inspector = gestures.inspector(page);
  await inspector.getByText('role deploy (session plumbline-shop)').waitFor();
  await inspector.getByText('123456789012').first().waitFor();
  const again = inspector.getByRole('button', { name: 'Ask again' });

  cloud.become('999999999999');
  await again.click();
  const wrong = 'The credentials belong to account 999999999999; this environment was made for 123456789012.';
  await inspector.getByRole('alert').getByText(wrong).waitFor();

  await cloud.close();
  expectComplaint('status of 503');
  await again.click();
  await inspector.getByRole('alert').getByText('Until then plans and applies are refused.').waitFor();
});

it('asks nobody for the sandbox', async () => {
  const { page } = await plumbline.page(await plumbline.environment('sandboxed', oneTable()));
  await gestures.untilDrawn(page);
  const inspector = gestures.inspector(page);
  await inspector.getByText('Sandbox, inside this server').waitFor();
  expect(await inspector.getByText('Plans and applies as').count()).toBe(0);
});

it.skipIf(!openTofu)('switches the engine after saying what that does', async () => {
  const scope = await plumbline.environment('engines', oneTable(), { engine: 'terraform' });
  await plumbline.apply(scope);
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  const inspector = gestures.inspector(page);
  await inspector.getByRole('button', { name: 'Switch to OpenTofu' }).click();
  await inspector.getByText("Rewrites the provider's address in the state of 2 boxes").waitFor();
  await inspector.getByRole('button', { name: 'Switch to OpenTofu' }).last().click();
  await inspector.getByRole('button', { name: 'Switch to Terraform' }).waitFor();
  expect(await plumbline.call('GET', pathOf(scope))).toMatchObject({ document: { engine: 'tofu' } });
});

it('names the engines, the database and the provider on the health of the server', async () => {
  const { page } = await plumbline.page(await plumbline.environment('health', oneTable()));
  await gestures.untilDrawn(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Health of the server');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Health of the server' });
  await dialog.getByText('The server can do its work.').waitFor();
  expect(await dialog.getByText(/SQLite 3\.\d+/).count()).toBe(1);
  expect(await dialog.getByText(/(Terraform|OpenTofu) 1\.\d+/).count()).toBe(1);
});
