// Laws of reading a failure: what the provider names is found, what it does not name is not guessed.
import { describe, expect, it } from 'vitest';
import type { ModuleManifest } from '../generated/types.ts';
import { likelyCauses } from './likely-causes.ts';

const manifest = {
  params: {
    type: 'object',
    properties: {
      visibilityTimeoutSeconds: { type: 'integer', title: 'Visibility timeout' },
      size: { type: 'string', title: 'Size' },
      password: { type: 'string', title: 'Password', secret: true },
    },
    allOf: [
      {
        properties: {
          imageUri: { type: 'string', title: 'Image' },
          licence: { type: 'string', title: 'Licence', secret: true },
        },
      },
    ],
  },
} as unknown as ModuleManifest;
const params = { visibilityTimeoutSeconds: 50_000, size: 'db.t9.huge', password: 'correct horse' };
const branch = { imageUri: 'registry/worker:9', licence: 'battery staple' };
const causes = (detail: string, code = 'engine-error') =>
  likelyCauses({ code, detail }, manifest, { ...params, ...branch });

describe('likelyCauses', () => {
  it('reads who was denied which action on what, over broken lines', () => {
    const detail =
      'operation error SQS: CreateQueue, AccessDenied: User: arn:aws:sts::1:assumed-role/deploy/session is not authorized to\nperform: sqs:CreateQueue on resource: arn:aws:sqs:eu-central-1:1:jobs because no policy allows it';
    expect(causes(detail, 'denied')).toEqual([
      {
        kind: 'permission',
        action: 'sqs:CreateQueue',
        resource: 'arn:aws:sqs:eu-central-1:1:jobs',
        caller: 'role deploy',
      },
    ]);
  });

  it('takes the call for the action where a denial names none', () => {
    expect(causes('operation error Secrets Manager: CreateSecret, StatusCode: 403', 'denied')).toEqual([
      { kind: 'permission', action: 'secretsmanager:CreateSecret' },
    ]);
    expect(causes('operation error SQS: CreateQueue, StatusCode: 400')).toEqual([]);
  });

  it.each(['visibility_timeout_seconds must be at most 43200', 'Value for parameter VisibilityTimeout is invalid'])(
    'finds the param that is named in "%s"',
    (detail) => {
      expect(causes(detail)).toEqual([
        {
          kind: 'param',
          param: 'visibilityTimeoutSeconds',
          title: 'Visibility timeout',
          value: 50_000,
          because: 'named',
        },
      ]);
    },
  );

  it('finds a param by its value, after those that are named, and never by a part of a word', () => {
    expect(
      causes('Invalid DB instance class: db.t9.huge').map((cause) => cause.kind === 'param' && cause.param),
    ).toEqual(['size']);
    expect(causes('the supersize 150000 is taken')).toEqual([]);
  });

  it('knows the title of a param that only some boxes have', () => {
    expect(causes('Source image registry/worker:9 does not exist')).toMatchObject([
      { param: 'imageUri', title: 'Image' },
    ]);
  });

  it('takes how long the provider waited for no setting', () => {
    const properties = { timeoutSeconds: { type: 'integer', title: 'Timeout' } };
    const limited = { params: { type: 'object', properties } } as unknown as ModuleManifest;
    const paramsOf = (detail: string) =>
      likelyCauses({ code: 'timeout', detail }, limited, { timeoutSeconds: 30 }).map((cause) => cause.kind);
    expect(paramsOf("timeout while waiting for state to become 'available' (timeout: 5m0s)")).toEqual([]);
    expect(paramsOf("Value '1000' at 'timeout' failed")).toEqual(['param']);
  });

  it('says nothing of secrets', () => {
    expect(causes('the password "correct horse" is too short')).toEqual([]);
    expect(causes('the licence battery staple has ended')).toEqual([]);
  });
});
