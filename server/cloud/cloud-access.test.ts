// Getting into a cloud: who we are, a role in between, what an engine gets, and what is said when the cloud says no.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CloudTarget } from '../../schemas/generated/types.ts';
import { PlumblineError } from '../errors.ts';
import { createCloudAccess } from './cloud-access.ts';

const ROLE = 'arn:aws:iam::222222222222:role/deploy';
const asked: { params: URLSearchParams; key: string }[] = [];
let answer: (params: URLSearchParams) => { status: number; body: string };
let server: Server;
let target: CloudTarget;

const xml = (action: string, inner: string) =>
  `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${inner}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;
const refusal = (code: string, message: string) => ({
  status: 403,
  body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});
const caller = {
  status: 200,
  body: xml(
    'GetCallerIdentity',
    '<Arn>arn:aws:iam::111111111111:user/ada</Arn><UserId>A</UserId><Account>111111111111</Account>',
  ),
};
const session = (minutes: number) => ({
  status: 200,
  body: xml(
    'AssumeRole',
    `<Credentials><AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(Date.now() + minutes * 60_000).toISOString()}</Expiration></Credentials>`,
  ),
});

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += String(piece)));
    request.on('end', () => {
      const params = new URLSearchParams(text);
      const key = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      asked.push({ params, key });
      const { status, body } = answer(params);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());
beforeEach(() => {
  asked.length = 0;
  answer = (params) => (params.get('Action') === 'AssumeRole' ? session(60) : caller);
  const { port } = server.address() as AddressInfo;
  target = {
    kind: 'aws-endpoint',
    region: 'eu-central-1',
    account: '111111111111',
    endpoint: `http://127.0.0.1:${port}`,
  };
});

const env = { AWS_ACCESS_KEY_ID: 'AKIAOWN', AWS_SECRET_ACCESS_KEY: 'secret' };

describe('createCloudAccess', () => {
  it('asks who we are with the keys of the process, or with any key where there is none', async () => {
    expect(await createCloudAccess(env).identify(target, 'plumbline-shop-dev')).toEqual({
      account: '111111111111',
      arn: 'arn:aws:iam::111111111111:user/ada',
      region: 'eu-central-1',
    });
    await createCloudAccess({}).identify(target, 'plumbline-shop-dev');
    expect(asked.map(({ key }) => key)).toEqual(['AKIAOWN', 'plumbline']);
  });

  it('assumes a role with its external id, session name and tags, and speaks as the session from then on', async () => {
    const role = { ...target, roleArn: ROLE, externalId: 'x-42', sessionName: 'ci', sessionTags: { team: 'orders' } };
    const access = createCloudAccess(env);
    await access.identify(role, 'plumbline-shop-dev');
    expect(Object.fromEntries(asked[0]?.params ?? [])).toMatchObject({
      ...{ Action: 'AssumeRole', RoleArn: ROLE, ExternalId: 'x-42', RoleSessionName: 'ci' },
      ...{ 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'orders' },
    });
    expect(asked[1]?.key).toBe('ASIASESSION');
    expect(await access.variables(role, 'plumbline-shop-dev')).toEqual({
      AWS_ACCESS_KEY_ID: 'ASIASESSION',
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_SESSION_TOKEN: 't',
      AWS_REGION: 'eu-central-1',
    });
    expect(asked).toHaveLength(2);
  });

  it('assumes the role again when its keys have less than a quarter of an hour left', async () => {
    answer = () => session(10);
    const access = createCloudAccess(env);
    const role = { ...target, roleArn: ROLE };
    await access.variables(role, 'a');
    await access.variables(role, 'a');
    expect(asked).toHaveLength(2);
  });

  it('hands an engine the keys alone at an endpoint, and the whole chain at AWS', async () => {
    const machine = { ...env, AWS_CA_BUNDLE: '/ca', AWS_PROFILE: 'work', HOME: '/home/ada' };
    const access = createCloudAccess(machine);
    expect(await access.variables(target, 'a')).toEqual({
      AWS_ACCESS_KEY_ID: 'AKIAOWN',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-central-1',
    });
    const aws: CloudTarget = { kind: 'aws', region: 'eu-central-1', account: '111111111111' };
    expect(await access.variables(aws, 'a')).toEqual({ ...env, AWS_CA_BUNDLE: '/ca', AWS_PROFILE: 'work' });
    expect(await access.variables({ ...aws, profile: 'other' }, 'a')).toEqual({
      AWS_CA_BUNDLE: '/ca',
      AWS_PROFILE: 'other',
    });
  });

  it.each([
    [
      'credentials that the cloud does not know',
      () => refusal('InvalidClientTokenId', 'The token is invalid.'),
      'cloud-credentials',
    ],
    ['credentials that have expired', () => refusal('ExpiredToken', 'The token has expired.'), 'credentials-expired'],
    ['a page that is no answer of AWS', () => ({ status: 200, body: 'hello' }), 'cloud-unreachable'],
  ])('names %s', async (_, says, code) => {
    answer = says;
    const error = await createCloudAccess(env)
      .identify(target, 'a')
      .catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(PlumblineError);
    expect(error).toMatchObject({ code, retry: true });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('names credentials that are not there', async () => {
    const files = { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' };
    for (const [name, value] of Object.entries(files)) vi.stubEnv(name, value);
    await expect(createCloudAccess({}).identify({ ...target, profile: 'work' }, 'a')).rejects.toMatchObject({
      ...{ code: 'no-credentials', got: 'profile work', retry: true },
    });
    expect(asked).toEqual([]);
    vi.unstubAllEnvs();
  });

  it('asks for a new session where the kept one was revoked, and says so where that one is refused too', async () => {
    const access = createCloudAccess(env);
    const role = { ...target, roleArn: ROLE };
    await access.variables(role, 'a');
    const actions = () => asked.splice(0).map(({ params }) => params.get('Action'));
    let revoked = 1;
    answer = (params) => {
      if (params.get('Action') === 'AssumeRole') return session(60);
      return revoked-- > 0 ? refusal('InvalidClientTokenId', 'The security token is invalid.') : caller;
    };
    actions();
    await expect(access.identify(role, 'a')).resolves.toMatchObject({ account: '111111111111' });
    expect(actions()).toEqual(['GetCallerIdentity', 'AssumeRole', 'GetCallerIdentity']);
    revoked = Number.POSITIVE_INFINITY;
    await expect(access.identify(role, 'a')).rejects.toMatchObject({ code: 'cloud-credentials' });
    expect(actions()).toEqual(['GetCallerIdentity', 'AssumeRole', 'GetCallerIdentity']);
  });

  it('names a role that may not be assumed, and an endpoint where nobody answers', async () => {
    answer = () => refusal('AccessDenied', 'User ada is not authorized to perform: sts:AssumeRole');
    await expect(createCloudAccess(env).identify({ ...target, roleArn: ROLE }, 'a')).rejects.toMatchObject({
      code: 'role-refused',
      got: ROLE,
    });
    const nobody = { ...target, endpoint: 'http://127.0.0.1:9' };
    await expect(createCloudAccess(env).identify(nobody, 'a')).rejects.toMatchObject({
      code: 'cloud-unreachable',
      got: 'http://127.0.0.1:9',
    });
  });
});
