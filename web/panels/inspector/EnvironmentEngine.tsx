import { useState } from 'react';
import type { EngineKind } from '../../../schemas/generated/types.ts';
import { ENGINE_NAME, otherEngine } from '../../../schemas/rules/engines.ts';
import { switchEngine } from '../../actions/environment.ts';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { useFetched } from '../../ui/use-fetched.ts';

/** Which engine plans and applies, in which version, and the deliberate step to the other one. */
export function EnvironmentEngine() {
  const { api } = useWorkspace();
  const kind = useRun((state) => state.environment.engine);
  const [isAsking, setAsking] = useState(false);
  const { data } = useFetched('engines', kind, api.health);
  const versionOf = (wanted: EngineKind) => data?.engines.find((engine) => engine.kind === wanted)?.version;
  const to = otherEngine(kind);
  // OpenTofu is downloaded where it is missing; Terraform is not.
  const canSwitch = to === 'tofu' || versionOf(to) !== undefined;
  const ask = (
    <button type="button" className="link-button" aria-expanded={isAsking} onClick={() => setAsking(!isAsking)}>
      Switch to {ENGINE_NAME[to]}
    </button>
  );
  return (
    <Section title="Engine" aside={data && canSwitch ? ask : undefined}>
      <dl className="values">
        <div>
          <dt className="plain">{ENGINE_NAME[kind]}</dt>
          <dd>{data ? (versionOf(kind) ?? 'not on this machine') : ''}</dd>
        </div>
      </dl>
      {isAsking && <Confirm to={to} version={versionOf(to)} close={() => setAsking(false)} />}
    </Section>
  );
}

function Confirm({ to, version, close }: { to: EngineKind; version?: string; close(): void }) {
  const workspace = useWorkspace();
  const count = useRun((state) => Object.keys(state.runtime).length);
  const [isBusy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    const isDone = await switchEngine(workspace, to);
    setBusy(false);
    if (isDone) close();
  };
  return (
    <div className="engine-switch">
      <Quiet>
        {count === 0
          ? 'Nothing is deployed, so no state has to be rewritten.'
          : `Rewrites the provider's address in the state of ${plural(count, 'box', 'boxes')}, for ${ENGINE_NAME[to]}'s registry.`}{' '}
        Nothing in the cloud changes, and you can switch back.
        {version === undefined && ` ${ENGINE_NAME[to]} is downloaded first.`}
      </Quiet>
      <p>
        <button type="button" className="button small" disabled={isBusy} onClick={close}>
          Stay
        </button>
        <button type="button" className="button small" disabled={isBusy} onClick={() => void confirm()}>
          {isBusy ? 'Switching' : `Switch to ${ENGINE_NAME[to]}`}
        </button>
      </p>
    </div>
  );
}
