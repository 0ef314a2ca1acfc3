// What is written down around an apply: the attempt before it, the artifacts and the deployment after it.
import type { ValidateFunction } from 'ajv';
import type { ContractDocument, Step } from '../../../schemas/generated/types.ts';
import { redact } from '../../../schemas/rules/redact.ts';
import { createAjv } from '../../../schemas/rules/validation/ajv.ts';
import { readState } from '../../engine/state-file.ts';
import { upstreamOf } from './compile.ts';
import { StepFailure } from './failure.ts';
import { readArtifacts } from './publish.ts';
import { type Compiled, manifestOf, portKey, type RunSession } from './session.ts';

const validators = new WeakMap<ContractDocument, ValidateFunction>();

function validatorOf(contract: ContractDocument): ValidateFunction {
  const known = validators.get(contract);
  if (known) return known;
  const validate = createAjv().compile(contract);
  validators.set(contract, validate);
  return validate;
}

/** Stores, before the engine acts, that the node may stand in the cloud: a crash must not make it forgotten. */
export async function rememberAttempt(session: RunSession, step: Step, compiled: Compiled): Promise<void> {
  if (step.action === 'apply') await putDeployment(session, step, compiled, 'failed');
}

/** Validates the outputs, publishes the artifacts, and stores the deployment as live. @throws StepFailure */
export async function publishNode(
  session: RunSession,
  step: Step,
  compiled: Compiled,
  isChanged: boolean,
): Promise<void> {
  const { deps, env, record } = session;
  await record.phase(step.id, 'publish', async () => {
    const { module, version } = compiled.request.node;
    const state = await deps.store.states.read({ environment: env.id, node: step.node });
    const outputs = state ? readState(state).outputs : {};
    const read = readArtifacts(manifestOf(deps, module, version), outputs, deps.files.catalog, validatorOf);
    if ('error' in read) throw new StepFailure(read.error);
    await deps.store.transaction(async () => {
      for (const artifact of read.artifacts) await publishPort(session, step, artifact);
      await putDeployment(session, step, compiled, 'live');
    });
  });
  record.noteStep(step.id, {
    status: 'succeeded',
    reason: isChanged ? undefined : 'The engine found nothing to change.',
  });
}

type Published = Extract<ReturnType<typeof readArtifacts>, { artifacts: unknown }>['artifacts'][number];

async function publishPort(session: RunSession, step: Step, artifact: Published): Promise<void> {
  const { deps, env, record, published } = session;
  const { port, contract, value, secrets } = artifact;
  const key = portKey(step.node, port);
  if (JSON.stringify(published.get(key)?.value) === JSON.stringify(value)) return;
  await deps.store.artifacts.publish(env.id, { node: step.node, run: record.run.id, port, contract, value, secrets });
  published.set(key, { contract, value, unknown: [], version: record.run.id });
  const document = deps.files.catalog.findContract(contract);
  const shown = document ? redact(document, value) : {};
  const { project, environment, id: run } = record.run;
  const at = new Date().toISOString();
  await deps.hub.publish(env.id, [
    {
      project,
      environment,
      type: 'artifact',
      run,
      artifact: { node: step.node, port, contract, value: shown, run, publishedAt: at },
    },
  ]);
}

async function putDeployment(
  session: RunSession,
  step: Step,
  compiled: Compiled,
  status: 'live' | 'failed',
): Promise<void> {
  const { deps, env, record, deployments } = session;
  const before = deployments.get(step.node);
  const { connections, producers } = upstreamOf(compiled.request);
  const stillHeld = status === 'failed' ? (before?.dependsOn ?? []) : [];
  const { node } = compiled.request;
  const deployment = {
    node: node.id,
    name: node.name,
    module: node.module,
    version: node.version,
    digest: compiled.result.digest,
    inputsDigest: compiled.values.digest,
    run: record.run.id,
    revision: record.run.revision,
    at: new Date().toISOString(),
    status,
    dependsOn: [...new Set([...producers, ...stillHeld])].sort(),
    connections,
    request: compiled.request,
    resourceTypes: [
      ...new Set([...compiled.result.resourceTypes, ...(status === 'failed' ? (before?.resourceTypes ?? []) : [])]),
    ].sort(),
    protected: compiled.request.protected || (status === 'failed' && before?.protected === true),
  };
  await deps.store.deployments.put(env.id, deployment);
  deployments.set(step.node, deployment);
}

/** After a destroy: nothing of the node is known any more but its history. */
export async function forgetNode(session: RunSession, step: Step): Promise<void> {
  const { deps, env, record } = session;
  await deps.store.transaction(async () => {
    await deps.store.artifacts.removeNode(env.id, step.node);
    await deps.store.deployments.remove(env.id, step.node);
    await deps.store.states.remove({ environment: env.id, node: step.node });
  });
  session.deployments.delete(step.node);
  for (const key of [...session.published.keys()]) if (key.startsWith(`${step.node}/`)) session.published.delete(key);
  await record.updateStep(step.id, { status: 'succeeded' });
}
