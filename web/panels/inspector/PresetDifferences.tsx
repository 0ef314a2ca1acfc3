import { IconArrowBackUp } from '@tabler/icons-react';
import type { GraphNode, ModuleManifest } from '../../../schemas/generated/types.ts';
import { pointerSegments, valueAt } from '../../../schemas/rules/json-pointer.ts';
import { resolveParams } from '../../../schemas/rules/resolve-params.ts';
import { returnParam, returnToPreset } from '../../actions/edit.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { formatValue, plural } from '../../ui/format.ts';
import { paramTitle } from './params-ui.ts';

/** In which fields a box differs from its preset: each with both values and a way back, and one way back for all. */
export function PresetDifferences({ node, manifest }: { node: GraphNode; manifest: ModuleManifest }) {
  const workspace = useWorkspace();
  const { params, differsFromPreset } = resolveParams(manifest, node);
  if (differsFromPreset.length === 0) return null;
  const base = resolveParams(manifest, { preset: node.preset }).params;
  const what = node.preset ? 'the preset' : 'the defaults';
  return (
    <div className="differs">
      <p>
        <span className="differs-badge">
          Differs from {what} in {plural(differsFromPreset.length, 'field')}
        </span>
        <button type="button" className="link-button" onClick={() => returnToPreset(workspace, node.id)}>
          Return all
        </button>
      </p>
      <ul aria-label={`Fields that differ from ${what}`}>
        {differsFromPreset.map((pointer) => {
          const title = paramTitle(manifest, pointerSegments(pointer));
          return (
            <li key={pointer}>
              <span className="differs-field">{title}</span>
              <span className="differs-values">
                <b>{shown(valueAt(params, pointer))}</b>
                <span>
                  <span className="differs-word">{node.preset ? 'preset' : 'default'} </span>
                  {shown(valueAt(base, pointer))}
                </span>
              </span>
              <button
                type="button"
                className="icon-button small"
                aria-label={`Return ${title} to ${what}`}
                title={`Return to ${what}`}
                onClick={() => returnParam(workspace, node.id, pointer)}
              >
                <IconArrowBackUp size={15} stroke={1.75} />
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null && '$secret' in value ? 'secret, hidden' : formatValue(value);
}
