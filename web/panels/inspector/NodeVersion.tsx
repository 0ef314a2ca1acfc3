import { compare, gt } from 'semver';
import type { GraphNode, ModuleManifest } from '../../../schemas/generated/types.ts';
import type { Catalog } from '../../../schemas/rules/catalog.ts';
import { compareModules } from '../../../schemas/rules/module-compatibility.ts';
import { setVersion } from '../../actions/edit.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { Quiet, Section } from '../../ui/Section.tsx';

const LEVEL_WORDS = {
  patch: 'Nothing that you use has changed.',
  minor: 'Nothing is taken away.',
  major: 'Something is taken away or needed: look at the plan before you apply.',
};

/** Published versions of a box's module that are newer than the one that it takes, the newest first. */
export function newerVersions(catalog: Catalog, manifest: ModuleManifest): ModuleManifest[] {
  return catalog.modules
    .filter(({ id, version }) => id === manifest.id && gt(version, manifest.version))
    .sort((a, b) => compare(b.version, a.version));
}

/** Which version a box takes, what is newer, and what a move would mean. */
export function NodeVersion({ node, manifest }: { node: GraphNode; manifest: ModuleManifest }) {
  const workspace = useWorkspace();
  const { catalog } = workspace.library;
  const newer = newerVersions(catalog, manifest);
  const takes = node.version === manifest.version ? 'Pinned to this one.' : `Takes the newest of ${node.version}.`;
  return (
    <Section title="Version" aside={manifest.version}>
      <Quiet>
        {takes} {newer.length === 0 && 'Nothing newer is published.'}
      </Quiet>
      {newer.map((candidate) => {
        const { level, reasons } = compareModules(catalog, manifest, candidate);
        return (
          <div className="version" key={candidate.version}>
            <p>
              <strong>{candidate.version}</strong>
              <span className="version-level" data-level={level}>
                {level}
              </span>
              <button
                type="button"
                className="button small"
                onClick={() => setVersion(workspace, node.id, `^${candidate.version}`)}
              >
                Move to {candidate.version}
              </button>
            </p>
            <Quiet>{LEVEL_WORDS[level]}</Quiet>
            {reasons.length > 0 && (
              <ul>
                {reasons.slice(0, 6).map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
                {reasons.length > 6 && <li>and {reasons.length - 6} more</li>}
              </ul>
            )}
          </div>
        );
      })}
    </Section>
  );
}
