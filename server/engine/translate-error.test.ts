import { describe, expect, it } from 'vitest';
import type { Diagnostic } from './engine-types.ts';
import { stoppedError, translateError } from './translate-error.ts';

const diagnostic = (summary: string, detail = ''): Diagnostic => ({
  severity: 'error',
  summary,
  detail,
  address: 'aws_sqs_queue.queue',
});
const apply = (...diagnostics: Diagnostic[]) => translateError({ phase: 'apply', diagnostics, exitCode: 1 });
const sdk = (status: number, error: string, words: string): string =>
  `creating SQS Queue (orders): operation error SQS: CreateQueue, https response error StatusCode: ${status}, RequestID: 1, api error ${error}: ${words}`;

describe('translateError', () => {
  it.each([
    ['denied', sdk(403, 'AccessDenied', 'User: x is not authorized to perform: sqs:CreateQueue')],
    ['throttled', sdk(400, 'ThrottlingException', 'Rate exceeded')],
    ['throttled', sdk(400, 'TooManyRequestsException', 'slow down')],
    ['quota', sdk(400, 'LimitExceededException', 'Cannot exceed quota for RolesPerAccount: 1000')],
    ['quota', sdk(400, 'VpcLimitExceeded', 'The maximum number of VPCs has been reached.')],
    ['quota', sdk(400, 'TooManyBuckets', 'You have attempted to create more buckets than allowed')],
    ['already-exists', sdk(409, 'BucketAlreadyOwnedByYou', 'owned by you')],
    ['already-exists', sdk(409, 'EntityAlreadyExists', 'Role with name x already exists.')],
    ['in-use', sdk(400, 'DependencyViolation', 'The vpc has dependencies and cannot be deleted.')],
    ['in-use', sdk(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty')],
    ['invalid-name', sdk(400, 'InvalidParameterValue', 'Queue name can only include alphanumeric characters')],
    ['invalid-value', sdk(400, 'ValidationException', 'Value is out of range')],
    ['not-found', sdk(404, 'NoSuchEntity', 'The role with this id cannot be found.')],
    ['credentials', 'No valid credential sources found'],
    ['credentials', sdk(403, 'ExpiredToken', 'The security token included in the request is expired')],
    ['timeout', 'waiting for RDS DB Instance (x) create: timeout while waiting for state to become available'],
    ['unreachable', 'Post "http://127.0.0.1:9/": dial tcp 127.0.0.1:9: connect: connection refused'],
    [
      'unreachable',
      'retrieving caller identity: operation error STS: GetCallerIdentity, exceeded maximum number of attempts, 9, request send failed, dial tcp 127.0.0.1:9: connect: connection refused',
    ],
    ['provider-crashed', 'Plugin did not respond'],
    ['stale-plan', 'Saved plan is stale'],
    ['state-locked', 'Error acquiring the state lock\n\nError message: HTTP remote state already\nlocked: ID=x'],
    ['state-backend', 'Error acquiring the state lock\n\nFailed to lock: connection refused'],
    ['state-backend', 'Failed to save state'],
    ['no-space', 'Failed to save state\nwrite terraform.tfstate: no space left on device'],
    ['provider-missing', 'Failed to query available provider packages'],
    ['engine-error', 'Something that nobody has seen'],
  ])('knows %s: %#', (code, summary) => {
    expect(apply(diagnostic(summary)).code).toBe(code);
  });

  it.each([
    [
      'Failed to query available provider packages\nCould not retrieve the list of available versions for provider hashicorp/aws:\ncould not connect to registry.terraform.io: failed to request discovery\ndocument: Get "https://registry.terraform.io/.well-known/terraform.json":\ndial tcp: lookup registry.terraform.io on 10.0.0.1:53: no such host\n\nTo see which modules are currently depending on hashicorp/aws',
      'the provider hashicorp/aws could not be fetched from registry.terraform.io (registry.terraform.io: no such host)',
    ],
    [
      'Failed to resolve provider packages\nCould not resolve provider hashicorp/aws: could not query provider registry\nfor registry.opentofu.org/hashicorp/aws: request failed after 2 attempts: Get\n"http://127.0.0.1:9/v1/providers/hashicorp/aws/versions": net/http: TLS handshake timeout',
      'the provider hashicorp/aws could not be fetched from registry.opentofu.org',
    ],
    [
      'Failed to install provider\nError while installing hashicorp/aws v5.100.0: Get "https://releases.example:8443/aws.zip": dial tcp 10.1.2.3:8443: i/o timeout',
      'the provider hashicorp/aws could not be fetched from releases.example:8443 (10.1.2.3:8443: i/o timeout)',
    ],
    [
      'Failed to query available provider packages\nCould not retrieve the list of available versions for provider hashicorp/aws:\nprovider registry.terraform.io/hashicorp/aws was not found in any of the search locations\n\n  - /mirror',
      'a provider could not be installed or started',
    ],
  ])('names the provider that could not be fetched, and from where: %#', (text, answered) => {
    const [summary = '', ...detail] = text.split('\n');
    const error = translateError({
      phase: 'init',
      diagnostics: [{ severity: 'error', summary, detail: detail.join('\n') }],
    });
    expect(error).toMatchObject({
      code: 'provider-missing',
      message: `Preparing the folder of the run failed: ${answered}.`,
    });
  });

  it.each([
    ['dial tcp 127.0.0.1:4566: connect: connection refused', '127.0.0.1:4566: connection refused'],
    ['dial tcp: lookup sqs.aws on 10.0.0.1:53: no such host', 'sqs.aws: no such host'],
    ['dial tcp 10.1.2.3:443: i/o\ntimeout', '10.1.2.3:443: i/o timeout'],
  ])('says where it looked for a cloud that cannot be reached, and how that ended: %s', (words, where) => {
    const text = `waiting: operation error SQS: GetQueueAttributes, exceeded maximum number of attempts, 9, request send failed, ${words}`;
    expect(apply(diagnostic(text)).message).toBe(
      `Applying aws_sqs_queue.queue (SQS GetQueueAttributes) failed: the cloud could not be reached (${where}).`,
    );
  });

  it('says what was asked, what was answered and what to do, and keeps the words of the provider', () => {
    const words = sdk(403, 'AccessDenied', 'no identity-based policy allows sqs:CreateQueue');
    expect(apply(diagnostic('creating SQS Queue', words))).toMatchObject({
      message: 'Applying aws_sqs_queue.queue (SQS CreateQueue) failed: it is not allowed.',
      detail: expect.stringContaining('no identity-based policy allows sqs:CreateQueue'),
      address: 'aws_sqs_queue.queue',
      retry: true,
      hint: expect.stringContaining('permission'),
    });
  });

  it('names who may not do what on what, and where to find what is needed', () => {
    const words =
      'User: arn:aws:sts::1:assumed-role/deploy/plumbline-shop-dev is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:eu-central-1:1:orders because no identity-based policy allows it';
    expect(apply(diagnostic(sdk(403, 'AccessDenied', words)))).toMatchObject({
      message:
        'Applying aws_sqs_queue.queue (SQS CreateQueue) failed: role deploy may not do sqs:CreateQueue on arn:aws:sqs:eu-central-1:1:orders.',
      hint: expect.stringContaining('plumbline env permissions'),
    });
  });

  it('prefers an error that it knows over one that came before, and never takes a warning', () => {
    const warning: Diagnostic = { severity: 'warning', summary: 'Access denied', detail: '' };
    expect(apply(warning, diagnostic('Odd'), diagnostic('Rate exceeded')).code).toBe('throttled');
    expect(apply(warning, diagnostic('Odd')).message).toBe('Applying aws_sqs_queue.queue failed: Odd.');
  });

  it('does not offer a retry where nothing would change', () => {
    expect(apply(diagnostic(sdk(400, 'InvalidParameterValue', 'Queue name can only include'))).retry).toBe(false);
  });

  it('tells an engine that was killed from one that could not be started', () => {
    const killed = translateError({ phase: 'apply', diagnostics: [], exitCode: null, killedBy: 'SIGKILL' });
    expect(killed).toMatchObject({ code: 'engine-killed', retry: true, message: expect.stringContaining('SIGKILL') });
    const missing = translateError({
      phase: 'init',
      diagnostics: [],
      stderr: 'exec: /x/tofu: not found',
      exitCode: 127,
    });
    expect(missing).toMatchObject({ code: 'engine-missing', hint: expect.stringContaining('PLUMBLINE_ENGINE') });
  });

  it('gives the exit code where nothing was said', () => {
    expect(translateError({ phase: 'plan', diagnostics: [], exitCode: 3 }).message).toBe(
      'Planning failed: the engine ended with exit code 3.',
    );
  });
});

describe('stoppedError', () => {
  it('names the time that was given', () => {
    expect(stoppedError('apply', 'timed-out', 60_000)).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('60 s'),
    });
  });

  it('says that it was cancelled, and that the work is kept', () => {
    expect(stoppedError('plan', 'cancelled', 1)).toMatchObject({
      code: 'cancelled',
      retry: true,
      hint: expect.stringContaining('kept'),
    });
  });
});
