// A provider registry on a loopback port, for what an engine fetches where there is no mirror.
import { appendFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROVIDER_REGISTRY } from '../../schemas/rules/engines.ts';
import { signedPackage } from './signed-package.ts';

const GO_ARCH: Partial<Record<string, string>> = { x64: 'amd64', ia32: '386' };

export type ProviderRegistry = Awaited<ReturnType<typeof openRegistry>>;

/** Offers one version of `hashicorp/aws` for this machine, whose program has this content; `at` a port that another one had. */
export async function openRegistry(version: string, content: Buffer, at = 0) {
  const [os, arch] = [process.platform, GO_ARCH[process.arch] ?? process.arch];
  const filename = `terraform-provider-aws_${version}_${os}_${arch}.zip`;
  const offered = signedPackage(filename, { name: `terraform-provider-aws_v${version}_x5`, content });
  const asked: string[] = [];
  const protocols = ['5.0'];
  const told = {
    ...{ protocols, os, arch, filename, shasum: offered.sum },
    download_url: `/files/${filename}`,
    shasums_url: '/files/SHA256SUMS',
    shasums_signature_url: '/files/SHA256SUMS.sig',
    signing_keys: { gpg_public_keys: [offered.key] },
  };
  const answers = new Map<string, Buffer>([
    [`/v1/providers/hashicorp/aws/versions`, asJson({ versions: [{ version, protocols, platforms: [{ os, arch }] }] })],
    [`/v1/providers/hashicorp/aws/${version}/download/${os}/${arch}`, asJson(told)],
    [told.download_url, offered.bytes],
    [told.shasums_url, offered.sums],
    [told.shasums_signature_url, offered.signature],
  ]);
  const server = createServer(({ method, url = '' }, response) => {
    asked.push(`${method} ${url}`);
    const answer = answers.get(url);
    const type = url.startsWith('/v1/') ? 'application/json' : 'application/octet-stream';
    response.writeHead(answer ? 200 : 404, { 'content-type': type }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const services = `{ "providers.v1" = "http://127.0.0.1:${port}/v1/providers/" }`;
  return {
    port,
    /** What was asked since the last time. */
    asked: () => asked.splice(0),
    /** How the archive is fetched. */
    fetching: `GET ${told.download_url}`,
    /** Sends whoever has this configuration here instead of to either engine's registry. */
    standIn: (cliConfig: string) =>
      appendFile(
        cliConfig,
        Object.values(PROVIDER_REGISTRY)
          .map((host) => `host "${host}" {\n  services = ${services}\n}\n`)
          .join(''),
      ),
    /** Hands out another archive than the one whose sum was signed. */
    swapArchive: () =>
      void answers.set(told.download_url, Buffer.from(`${offered.bytes.toString('latin1')}.`, 'latin1')),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

const asJson = (value: unknown) => Buffer.from(JSON.stringify(value));
