import { describeOperations } from '../stores/describe-edit.ts';
import type { Refused } from '../stores/draft.ts';
import { useWorkspace } from '../stores/use-workspace.ts';

/** Edits that the server did not take: what each was, why, and what can be done with it. */
export function RefusedEdits({ items }: { items: readonly Refused[] }) {
  const { sync, library, document } = useWorkspace();
  return (
    <ul className="refused-edits" aria-label="Edits that could not be kept">
      {items.map((item) => (
        <li key={item.id}>
          <strong>{describeOperations(library.catalog, document.content(), item.operations)}</strong>
          <span className="quiet">{item.problem}</span>
          <span className="conflict-choice">
            <button type="button" className="button small" onClick={() => sync.retry(item)}>
              Try again
            </button>
            <button type="button" className="button small" onClick={() => sync.dismiss(item)}>
              Forget it
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}
