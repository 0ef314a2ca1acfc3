import { describe, expect, it } from 'vitest';
import { SnsTopic } from './aws/sns.ts';
import { fixtureManifest } from './fixture.ts';
import { defineModule } from './index.ts';
import { resourcesOf, synthesizeNode, testEnvironment } from './testing.ts';

const topic = defineModule<{ label: string; tokens: Record<string, string> }>(({ stack, params, name }) => {
  new SnsTopic(stack, 'topic', { name: name(256), displayName: params.label, tags: params.tokens });
  return {};
});
const manifest = fixtureManifest({});
const params = { label: 'Orders' };

describe('synthesizeModule', () => {
  it('gives a root without metadata, with sorted keys and an empty HTTP backend', () => {
    const { root, resourceTypes } = synthesizeNode(topic, manifest, { params });
    expect(JSON.stringify(root)).not.toContain('"//"');
    expect(Object.keys(root)).toEqual(['provider', 'resource', 'terraform']);
    expect(root.terraform).toEqual({
      backend: { http: {} },
      required_providers: { aws: { source: 'hashicorp/aws', version: '~> 5.99' } },
    });
    expect(resourceTypes).toEqual(['aws_sns_topic']);
  });

  it('tags everything with where it belongs, whatever the environment says', () => {
    const environment = { tags: { team: 'pay', 'plumbline:node': 'other', note: '${x}' } };
    const { root } = synthesizeNode(topic, manifest, { params, environment });
    const { aws } = root.provider as { aws: { default_tags: { tags: unknown }[] }[] };
    expect(aws[0]?.default_tags[0]?.tags).toEqual({
      team: 'pay',
      note: '$${x}',
      'plumbline:project': 'shop',
      'plumbline:environment': 'dev',
      'plumbline:node': 'node',
      'plumbline:module': 'fixture',
      'plumbline:managed-by': 'plumbline',
    });
  });

  it('configures the provider for each kind of target', () => {
    const provider = (target: Partial<typeof testEnvironment.target>) => {
      const environment = { target: { ...testEnvironment.target, ...target } };
      const { root } = synthesizeNode(topic, manifest, { params, environment });
      return (root.provider as { aws: Record<string, unknown>[] }).aws[0];
    };
    expect(provider({})).toMatchObject({ region: 'eu-central-1', skip_credentials_validation: true });
    expect(provider({ kind: 'aws', account: '123456789012' })).toMatchObject({ allowed_account_ids: ['123456789012'] });
    expect(provider({ kind: 'aws' })).not.toHaveProperty('skip_credentials_validation');
    const endpoint = provider({ kind: 'aws-endpoint', endpoint: 'http://127.0.0.1:5000' });
    expect(endpoint).toMatchObject({ s3_use_path_style: true, endpoints: [{ sqs: 'http://127.0.0.1:5000' }] });
    expect(endpoint).not.toHaveProperty('skip_requesting_account_id');
  });

  describe('with secret params', () => {
    const secret = { type: 'string', secret: true };
    const withSecrets = {
      ...manifest,
      params: { properties: { label: secret, tokens: { type: 'object', additionalProperties: secret } } },
    };

    it('passes them as sensitive variables and never as values', () => {
      const sealed = { label: { $secret: '01J' }, tokens: { api: { $secret: '01K' } } };
      const result = synthesizeNode(topic, withSecrets, { params: sealed });
      expect(result.variables).toEqual([
        { name: 'secret_label', connection: '', field: 'label', type: 'string', sensitive: true },
        { name: 'secret_tokens_api', connection: '', field: 'tokens.api', type: 'string', sensitive: true },
      ]);
      expect(result.root.variable).toMatchObject({ secret_label: { type: 'string', sensitive: true } });
      expect(resourcesOf(result)['aws_sns_topic.topic']).toMatchObject({
        display_name: '${var.secret_label}',
        tags: { api: '${var.secret_tokens_api}' },
      });
      expect(JSON.stringify(result.root)).not.toMatch(/01J|01K/);
    });

    it('refuses one that is not sealed, without telling it', () => {
      const open = () => synthesizeNode(topic, withSecrets, { params: { label: 'hunter2' } });
      expect(open).toThrow('The secret param label is not sealed.');
      expect(open).not.toThrow('hunter2');
    });
  });

  it.each([
    ['a missing port', {}, 'returns nothing for its output topic'],
    ['a port that the manifest does not have', { topic: {}, more: {} }, 'returns more, but has no such output'],
    ['missing fields', { topic: { arn: 'a', name: 'n' } }, 'lacks region, fifo'],
    ['a field too many', { topic: { arn: 'a', name: 'n', region: 'r', fifo: true, x: 1 } }, 'has x too many'],
  ])('refuses outputs with %s', (_what, outputs, reason) => {
    const broken = defineModule(() => outputs as Record<string, Record<string, unknown>>);
    expect(() => synthesizeNode(broken, fixtureManifest({}, { topic: 'aws-topic@1.0.0' }))).toThrow(reason);
  });
});
