import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
  snippet,
} from '@codemirror/autocomplete';
import { type EditorView, hoverTooltip } from '@codemirror/view';
import { cardOf } from './cards.ts';
import { suggestKeys } from './complete-keys.ts';
import { suggestRecords } from './complete-records.ts';
import { suggestValues } from './complete-values.ts';
import { explain } from './explain.ts';
import type { Knowledge } from './knowledge.ts';
import type { Suggestion } from './suggestion.ts';
import { positionAt, type TextPosition } from './text-position.ts';

const TYPES: Record<Suggestion['kind'], string> = {
  key: 'property',
  value: 'constant',
  module: 'class',
  node: 'variable',
  port: 'interface',
  grant: 'keyword',
  snippet: 'text',
};

/** Everything that may stand at a place. */
export function suggestAt(position: TextPosition, knowledge: Knowledge): Suggestion[] {
  if (position.role === 'key') return suggestKeys(position, knowledge);
  return [...suggestRecords(position, knowledge), ...suggestValues(position, knowledge)];
}

/** Where commas are missing around what is put in: behind the last word before it, and behind itself. */
export function missingCommas(text: string, from: number, to: number): { before?: number; after: boolean } {
  const start = text.slice(0, from).trimEnd();
  const needsBefore = start !== '' && !/[{[,:]$/.test(start);
  return { ...(needsBefore ? { before: start.length } : {}), after: /^\s*["{[\w-]/.test(text.slice(to)) };
}

/** Puts a suggestion in, with the commas that it needs to stand where it stands. */
function applySuggestion(
  view: EditorView,
  completion: Completion,
  { token, role }: TextPosition,
  suggestion: Suggestion,
): void {
  const text = view.state.doc.toString();
  const { to } = wholeAt(text, token, view.state.selection.main.head);
  const hasValue = role === 'key' && /^\s*:/.test(text.slice(to));
  const template = hasValue ? suggestion.template.replace(/":[\s\S]*$/, '"') : suggestion.template;
  const { before, after } = missingCommas(text, token.from, to);
  const annotations = pickedCompletion.of(completion);
  if (before !== undefined) view.dispatch({ changes: { from: before, insert: ',' }, annotations });
  const shift = before === undefined ? 0 : 1;
  snippet(template + (after && !hasValue ? ',' : ''))(view, completion, token.from + shift, to + shift);
}

/** The token may have grown since the completion was asked for. */
function wholeAt(text: string, token: TextPosition['token'], head: number) {
  const now = positionAt(text, head)?.token;
  return now && now.from === token.from ? now : { ...token, to: Math.max(token.to, head) };
}

function completionSource(knowledge: () => Knowledge) {
  return (context: CompletionContext): CompletionResult | null => {
    const position = positionAt(context.state.doc.toString(), context.pos);
    if (!position) return null;
    const { token } = position;
    if (!context.explicit && token.typed === '' && !token.isQuoted) return null;
    const suggestions = suggestAt(position, knowledge());
    if (suggestions.length === 0) return null;
    return {
      from: token.isQuoted ? token.from + 1 : token.from,
      options: suggestions.map((suggestion) => {
        const { about } = suggestion;
        return {
          label: suggestion.label,
          detail: suggestion.detail,
          type: TYPES[suggestion.kind],
          boost: suggestion.rank,
          info: about && (() => cardOf(about)),
          apply: (view, completion) => applySuggestion(view, completion, position, suggestion),
        };
      }),
      validFor: /^[^"\n,]*$/,
    };
  };
}

function hoverSource(knowledge: () => Knowledge) {
  return hoverTooltip((view, at) => {
    const text = view.state.doc.toString();
    const position = positionAt(text, at) ?? undefined;
    if (!position || position.token.to === position.token.from) return null;
    const { from, to, isQuoted } = position.token;
    const word = isQuoted ? text.slice(from + 1, to - 1) : text.slice(from, to);
    const about = explain(position, word, knowledge());
    return about ? { pos: from, end: to, above: true, create: () => ({ dom: cardOf(about) }) } : null;
  });
}

/** Completion and hover from the modules, the contracts and the graph. */
export function assistance(knowledge: () => Knowledge) {
  return [autocompletion({ override: [completionSource(knowledge)], icons: true }), hoverSource(knowledge)];
}
