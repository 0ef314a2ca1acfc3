import Markdown from 'markdown-to-jsx';
import type { GraphNode } from '../../../schemas/generated/types.ts';
import { resolveParams } from '../../../schemas/rules/resolve-params.ts';
import { artifactKey } from '../../stores/run.ts';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { Quiet } from '../../ui/Section.tsx';
import { fillRunbook } from './fill-runbook.ts';

const OPTIONS = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: { a: { props: { target: '_blank', rel: 'noreferrer' } } },
};

/** How to use, debug and end what the box makes, with the box's own values in it. */
export function NodeRunbook({ node, text }: { node: GraphNode; text: string }) {
  const { library } = useWorkspace();
  const published = useRun((state) => state.artifacts);
  const manifest = library.catalog.findModule(node.module, node.version);
  if (text.trim() === '' || !manifest) return <Quiet>This module has no runbook.</Quiet>;
  const { params } = resolveParams(manifest, node);
  const artifacts = Object.fromEntries(
    Object.keys(manifest.outputs).map((port) => [port, published[artifactKey(node.id, port)]?.value]),
  );
  return (
    <article className="runbook">
      <Markdown options={OPTIONS}>{fillRunbook(text, { params, artifacts })}</Markdown>
    </article>
  );
}
