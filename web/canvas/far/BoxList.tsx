import { memo, useDeferredValue } from 'react';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { useShownNodes } from '../use-shown-nodes.ts';

/** What stands on a painted canvas, for people who do not see it. */
export const BoxList = memo(function BoxList() {
  const { library } = useWorkspace();
  const nodes = useDeferredValue(useShownNodes());
  return (
    <ul className="far-list" aria-label="Boxes on the canvas">
      {Object.values(nodes).map(({ id, name, module }) => (
        <li key={id}>
          {name}, {library.module(module)?.manifest.title ?? module}
        </li>
      ))}
    </ul>
  );
});
