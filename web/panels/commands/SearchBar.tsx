import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo } from 'react';
import { currentElement, only } from '../../actions/walk.ts';
import { select } from '../../stores/session.ts';
import { useDocument, useRun, useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { findOnCanvas, SEARCH_FIELDS } from './find-on-canvas.ts';

/** Search on the canvas: what fits stays lit, and Enter goes from one to the next. */
export function SearchBar() {
  const query = useSession((state) => state.search?.query);
  return query === undefined ? null : <OpenSearch query={query} />;
}

function OpenSearch({ query }: { query: string }) {
  const workspace = useWorkspace();
  const { session, library } = workspace;
  const content = useDocument((state) => state);
  const tags = useRun((state) => state.environment.tags);
  const at = useSession((state) => state.search?.at ?? 0);
  const found = useMemo(
    () => findOnCanvas(content, { catalog: library.catalog, tags }, query),
    [content, library, tags, query],
  );
  const count = found.matches.length;
  const isEmpty = query.trim() === '';

  useEffect(() => {
    session.setState({ found: isEmpty ? undefined : { focus: '', ...found } });
  }, [session, found, isEmpty]);
  useEffect(() => () => session.setState({ found: undefined }), [session]);

  const show = (index: number) => {
    const match = found.matches[(index + count) % count];
    if (!match) return;
    session.setState({ search: { query, at: (index + count) % count } });
    select(session, only(match));
    session.getState().view?.show(match);
  };
  const close = () => {
    session.setState({ search: undefined });
    const element = currentElement(workspace);
    if (element) session.getState().view?.focus(element);
  };
  // The first Enter shows the first match, which nobody has seen yet.
  const isShown = useSession(({ selection }) => {
    const match = found.matches[at];
    return match !== undefined && (selection.nodes[0] === match.id || selection.connections[0] === match.id);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') show(isShown ? at + (event.shiftKey ? -1 : 1) : at);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };

  return (
    <search className="canvas-search">
      <IconSearch size={15} stroke={1.75} aria-hidden />
      <input
        autoFocus
        type="text"
        aria-label="Search the canvas"
        aria-describedby="canvas-search-fields"
        placeholder="Name, or module:queue, grant:send"
        value={query}
        onChange={(event) => session.setState({ search: { query: event.currentTarget.value, at: 0 } })}
        onKeyDown={onKeyDown}
      />
      <span id="canvas-search-fields" hidden>
        Fields: {SEARCH_FIELDS.join(', ')}. Enter goes to the next, Shift Enter to the one before.
      </span>
      <span className="canvas-search-count" role="status">
        {isEmpty ? '' : count === 0 ? 'None' : `${at + 1} of ${count}`}
      </span>
      <button type="button" className="icon-button small" aria-label="The one before" onClick={() => show(at - 1)}>
        <IconChevronUp size={15} stroke={1.75} />
      </button>
      <button
        type="button"
        className="icon-button small"
        aria-label="The next one"
        onClick={() => show(isShown ? at + 1 : at)}
      >
        <IconChevronDown size={15} stroke={1.75} />
      </button>
      <button type="button" className="icon-button small" aria-label="End the search" onClick={close}>
        <IconX size={15} stroke={1.75} />
      </button>
    </search>
  );
}
