import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';

/** Colours are classes of text.css, so that light and dark are the page's own. */
export const jsonColours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.propertyName, class: 'tok-key' },
    { tag: tags.string, class: 'tok-text' },
    { tag: [tags.number, tags.bool, tags.null], class: 'tok-value' },
    { tag: [tags.separator, tags.squareBracket, tags.brace], class: 'tok-mark' },
    { tag: tags.invalid, class: 'tok-bad' },
  ]),
);
