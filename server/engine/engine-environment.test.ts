import { describe, expect, it } from 'vitest';
import { engineEnvironment } from './engine-environment.ts';

const parent = {
  PATH: '/bin',
  HOME: '/home/u',
  https_proxy: 'http://proxy',
  TF_LOG: 'TRACE',
  TF_VAR_leak: 'x',
  TF_CLI_CONFIG_FILE: '/home/u/.terraformrc',
  AWS_PROFILE: 'work',
  AWS_CA_BUNDLE: '/ca.pem',
  PLUMBLINE_MASTER_KEY: 'k',
};
const base = { parent, cliConfig: '/data/engine.tfrc', extra: {} };

describe('engineEnvironment', () => {
  it('hands on what every program needs and nothing of ours or of the user', () => {
    const env = engineEnvironment({ ...base, target: 'sandbox' });
    expect(env).toMatchObject({ PATH: '/bin', HOME: '/home/u', https_proxy: 'http://proxy' });
    const leaked = Object.keys(env).filter((name) => /^(AWS_|PLUMBLINE_)|TF_LOG|TF_VAR_leak/.test(name));
    expect(leaked).toEqual([]);
  });

  it('replaces the CLI configuration of the user by ours, and asks nobody', () => {
    const env = engineEnvironment({ ...base, target: 'sandbox' });
    expect(env).toMatchObject({
      TF_CLI_CONFIG_FILE: '/data/engine.tfrc',
      CHECKPOINT_DISABLE: '1',
      TF_INPUT: '0',
      TF_IN_AUTOMATION: '1',
    });
  });

  it('hands the credentials of the machine to the real cloud alone', () => {
    expect(engineEnvironment({ ...base, target: 'aws' })).toMatchObject({
      AWS_PROFILE: 'work',
      AWS_CA_BUNDLE: '/ca.pem',
    });
    expect(engineEnvironment({ ...base, target: 'aws-endpoint' })).not.toHaveProperty('AWS_PROFILE');
  });

  it('drops a CA bundle for an endpoint even where the root asks for it', () => {
    const env = engineEnvironment({
      ...base,
      target: 'aws-endpoint',
      extra: { AWS_CA_BUNDLE: '/ca', AWS_ACCESS_KEY_ID: 'a' },
    });
    expect(env).not.toHaveProperty('AWS_CA_BUNDLE');
    expect(env.AWS_ACCESS_KEY_ID).toBe('a');
  });
});
