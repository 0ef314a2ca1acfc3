import { useState } from 'react';
import type { CloudIdentity } from '../../../schemas/generated/types.ts';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Quiet, Section } from '../../ui/Section.tsx';
import { useFetched } from '../../ui/use-fetched.ts';
import { callerWords } from './caller-words.ts';

/** Who the cloud says that we are, asked when the panel opens. The sandbox knows nobody else, so that nothing is asked there. */
export function EnvironmentIdentity() {
  const { project, name, target } = useRun((state) => state.environment);
  return target.kind === 'sandbox' ? null : <Asked key={`${project}/${name}`} />;
}

function Asked() {
  const workspace = useWorkspace();
  const [asked, setAsked] = useState(0);
  const { data, problem, isLoading } = useFetched('identity', `${asked}`, () => workspace.environment.identity());
  const again = (
    <button type="button" className="link-button" disabled={isLoading} onClick={() => setAsked(asked + 1)}>
      {isLoading ? 'Asking' : 'Ask again'}
    </button>
  );
  return (
    <Section title="Plans and applies as" aside={again}>
      {!data && !problem && <Quiet>Asking the cloud which account these credentials belong to.</Quiet>}
      {problem && (
        <Notice tone="bad" title="The cloud could not be asked.">
          {problem} Until then plans and applies are refused.
        </Notice>
      )}
      {data && <Identity identity={data} />}
    </Section>
  );
}

function Identity({ identity: { account, arn, region, expected } }: { identity: CloudIdentity }) {
  return (
    <>
      {account !== expected && (
        <Notice tone="bad" title="This is another account.">
          The credentials belong to account {account}; this environment was made for {expected}. Plans and applies are
          refused until the credentials of that account are used.
        </Notice>
      )}
      <dl className="values">
        <div>
          <dt className="plain">Account</dt>
          <dd>{account}</dd>
        </div>
        <div>
          <dt className="plain">Identity</dt>
          <dd title={arn}>{callerWords(arn)}</dd>
        </div>
        <div>
          <dt className="plain">Region</dt>
          <dd>{region}</dd>
        </div>
      </dl>
    </>
  );
}
