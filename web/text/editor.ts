import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldKeymap, indentOnInput } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view';
import { foldRecords, recordFolding, unfoldRecords } from './folding.ts';
import { linkedLines } from './linked-lines.ts';
import { outlineField } from './outline-field.ts';
import { type TextSync, textHistory } from './text-sync.ts';
import { jsonColours } from './theme.ts';

const tabKey = new Compartment();

/** Whether Tab indents; otherwise it moves on to the next control. Escape and then Tab always moves on. */
export function setTabIndents(view: EditorView, isOn: boolean): void {
  view.dispatch({ effects: tabKey.reconfigure(isOn ? keymap.of([indentWithTab]) : []) });
}

function ownKeys(sync: TextSync) {
  return keymap.of([
    { key: 'Mod-z', run: sync.undo, preventDefault: true },
    { key: 'Mod-y', mac: 'Mod-Shift-z', run: sync.redo, preventDefault: true },
    { key: 'Mod-Shift-z', run: sync.redo, preventDefault: true },
    {
      key: 'Shift-Alt-f',
      run: () => {
        sync.tidy();
        return true;
      },
    },
    { key: 'Mod-Alt-[', run: foldRecords },
    { key: 'Mod-Alt-]', run: unfoldRecords },
  ]);
}

/** Everything that makes a text area a code editor for graphs. */
export function editorExtensions(sync: TextSync, more: Extension): Extension[] {
  return [
    outlineField,
    textHistory(),
    Prec.high(ownKeys(sync)),
    tabKey.of([]),
    lineNumbers(),
    lintGutter(),
    recordFolding,
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    rectangularSelection(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search({ top: true }),
    json(),
    jsonColours,
    linkedLines,
    more,
    // Ctrl-Enter plans, as everywhere on the page.
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
      ...searchKeymap,
      ...foldKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]),
    EditorView.contentAttributes.of({ 'aria-label': "The graph's text", spellcheck: 'false', tabindex: '0' }),
  ];
}
