import type { RunError, Step } from '../../../schemas/generated/types.ts';
import type { DeniedCall } from '../../../schemas/rules/denied-call.ts';
import { likelyCauses } from '../../../schemas/rules/likely-causes.ts';
import { resolveParams } from '../../../schemas/rules/resolve-params.ts';
import { select } from '../../stores/session.ts';
import { useDocument, useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { formatValue } from '../../ui/format.ts';
import { focusParam } from './focus-param.ts';

/** The params and permissions that the provider's words point at; a param is a click away. */
export function LikelyCauses({ error, step }: { error: RunError; step: Pick<Step, 'node'> }) {
  const { library, session } = useWorkspace();
  const node = useDocument((state) => state.nodes[step.node]);
  const manifest = node && library.catalog.findModule(node.module, node.version);
  const causes = likelyCauses(error, manifest, node && manifest ? resolveParams(manifest, node).params : {});
  if (causes.length === 0) return null;
  const goTo = (param: string) => {
    select(session, { nodes: [step.node] });
    session.setState({ nodeTab: 'settings', reveal: { node: step.node } });
    focusParam(session, step.node, param);
  };
  return (
    <div className="causes">
      <strong>Likely {causes.length === 1 ? 'cause' : 'causes'}</strong>
      <ul>
        {causes.map((cause) =>
          cause.kind === 'permission' ? (
            <li key={cause.action}>
              <Denied {...cause} />
            </li>
          ) : (
            <li key={cause.param}>
              <button type="button" className="link-button" onClick={() => goTo(cause.param)}>
                {cause.title}
              </button>
              , which is <code>{formatValue(cause.value)}</code>:{' '}
              {cause.because === 'named' ? 'the provider names it.' : 'the provider quotes this value.'}
            </li>
          ),
        )}
      </ul>
    </div>
  );
}

/** What was denied, and where to find what is needed. */
function Denied({ action, resource, caller }: DeniedCall) {
  const { project, name } = useRun((state) => state.environment);
  return (
    <>
      {caller ? `The ${caller}` : 'Whoever deploys'} may not do <code>{action}</code>
      {resource && (
        <>
          {' '}
          on <code>{resource}</code>
        </>
      )}
      .{' '}
      <code>
        plumbline env permissions {project}/{name}
      </code>{' '}
      prints all that is needed; the environment’s panel shows it too.
    </>
  );
}
