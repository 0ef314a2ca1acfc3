import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeployPermissions } from '../../../schemas/generated/types.ts';
import {
  type PermissionFile,
  permissionFiles,
  permissionWords,
  unboundedReasons,
} from '../../../schemas/rules/permission-files.ts';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { download } from '../../ui/download.ts';
import { plural } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Quiet, Section } from '../../ui/Section.tsx';
import { useFetched } from '../../ui/use-fetched.ts';

/** The policies that the role which deploys needs. Asked for by hand: the server compiles the whole graph for it. */
export function DeployRole() {
  const [asked, setAsked] = useState(0);
  const target = useRun((state) => state.environment.target.kind);
  if (asked > 0) return <Needs asked={asked} onAgain={() => setAsked(asked + 1)} />;
  return (
    <Section title="What the deploying role needs">
      <Quiet>
        The least IAM policies to plan and to apply this graph
        {target === 'sandbox' ? ': what AWS would need, the sandbox needs none.' : '.'}
      </Quiet>
      <button type="button" className="button small" onClick={() => setAsked(1)}>
        Work out the policies
      </button>
    </Section>
  );
}

function Needs({ asked, onAgain }: { asked: number; onAgain(): void }) {
  const workspace = useWorkspace();
  const { data, problem, isLoading } = useFetched('permissions', `${asked}`, async () => {
    await workspace.sync.flush();
    return workspace.environment.permissions();
  });
  const again = (
    <button type="button" className="link-button" disabled={isLoading} onClick={onAgain}>
      {isLoading ? 'Working it out' : 'Work out again'}
    </button>
  );
  return (
    <Section title="What the deploying role needs" aside={again}>
      {problem && <Notice tone="warn">{problem}</Notice>}
      {!problem && !data && <Quiet>The server compiles every box for it.</Quiet>}
      {data && <Documents permissions={data} />}
    </Section>
  );
}

function Documents({ permissions }: { permissions: DeployPermissions }) {
  const { unbounded, unlisted, problem } = permissions;
  return (
    <div className="deploy-role">
      <Quiet>{permissionWords(permissions)}</Quiet>
      {problem && <Notice tone="warn">{problem}</Notice>}
      {unlisted.length > 0 && <Notice tone="warn">Not known, add by hand: {unlisted.join(', ')}.</Notice>}
      <ul aria-label="Policy documents">
        {permissionFiles(permissions).map((file) => (
          <DocumentRow key={file.name} file={file} />
        ))}
      </ul>
      {unbounded.length > 0 && (
        <details>
          <summary>{plural(unbounded.length, 'action')} bound by neither a name nor a tag</summary>
          <dl>
            {unboundedReasons(permissions).map(({ why, actions }) => (
              <div key={why}>
                <dt>{why}.</dt>
                <dd>{actions.join(', ')}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}

function DocumentRow({ file: { name, access, document, size } }: { file: PermissionFile }) {
  const actions = new Set(document.Statement.flatMap(({ Action }) => Action));
  const text = JSON.stringify(document, null, 2);
  return (
    <li>
      <details>
        <summary>
          <strong>{name}</strong>
          <span>
            {access === 'read' ? 'To plan' : 'To apply'}: {plural(actions.size, 'action')}, {size} characters
          </span>
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <pre tabIndex={0} aria-label={name}>
          {text}
        </pre>
      </details>
      <CopyButton value={text} label={`Copy ${name}`} />
      <button
        type="button"
        className="icon-button small"
        aria-label={`Download ${name}`}
        onClick={() => download(name, `${text}\n`)}
      >
        <IconDownload size={15} stroke={1.75} />
      </button>
    </li>
  );
}
