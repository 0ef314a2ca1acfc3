import { closeSearchPanel, openSearchPanel, searchPanelOpen } from '@codemirror/search';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useWorkspace } from '../stores/use-workspace.ts';
import type { Workspace } from '../stores/workspace.ts';
import { setTabIndents } from './editor.ts';
import { KeptOffer } from './KeptOffer.tsx';
import { hasKeyboard } from './linked-lines.ts';
import { textEditorOf } from './open-editor.ts';
import { TextBar } from './TextBar.tsx';
import { TextState } from './TextState.tsx';
import './text.css';
import './search.css';

const TAB_KEY = 'plumbline.text.tab';
const NARROW = '(max-width: 1180px)';

/** Brings a box that the cursor came to into view, unless it is there already. */
function revealBox({ session }: Workspace, nodes: readonly string[]): void {
  const [node] = nodes;
  const { view, pane } = session.getState();
  const canvas = document.querySelector('.canvas')?.getBoundingClientRect();
  if (nodes.length !== 1 || !node || !canvas || pane === 'text') return;
  const place = view?.place({ kind: 'box', id: node });
  const isSeen =
    place && place.x > canvas.left && place.y > canvas.top && place.x < canvas.right && place.y < canvas.bottom;
  if (!isSeen) session.setState({ reveal: { node } });
}

/** The graph as text, in step with the canvas. */
export function TextPane() {
  const workspace = useWorkspace();
  const place = useRef<HTMLDivElement>(null);
  const [tabIndents, setTab] = useState(() => window.localStorage.getItem(TAB_KEY) === 'indents');
  const editor = useMemo(() => textEditorOf(workspace), [workspace]);

  useEffect(
    () => (place.current ? editor.show(place.current, (nodes) => revealBox(workspace, nodes)) : undefined),
    [editor, workspace],
  );
  useEffect(() => {
    setTabIndents(editor.view, tabIndents);
    window.localStorage.setItem(TAB_KEY, tabIndents ? 'indents' : 'moves');
  }, [editor, tabIndents]);
  useEffect(() => {
    const { flush } = editor.sync;
    window.addEventListener('pagehide', flush);
    return () => window.removeEventListener('pagehide', flush);
  }, [editor]);

  const search = () =>
    searchPanelOpen(editor.view.state) ? closeSearchPanel(editor.view) : openSearchPanel(editor.view);
  /** On a narrow window the inspector lies over the text: it makes way for the person who goes there. */
  const onFocus = () => {
    if (window.matchMedia(NARROW).matches) workspace.session.setState({ isInspectorOpen: false });
  };
  /** Not at once: what has the keyboard may lose it in an update of the editor, which takes no other one meanwhile. */
  const tidySoon = () => queueMicrotask(() => hasKeyboard(editor.view) || editor.sync.tidy());
  return (
    <section className="text-pane" aria-label="Text">
      <TextBar editor={editor} tabIndents={tabIndents} onTab={() => setTab((isOn) => !isOn)} onSearch={search} />
      <div
        ref={place}
        className="text-editor"
        onFocus={onFocus}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) tidySoon();
        }}
      />
      <KeptOffer editor={editor} />
      <TextState editor={editor} />
    </section>
  );
}
