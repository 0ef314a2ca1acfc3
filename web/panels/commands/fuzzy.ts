/** How well one word fits a text, the smaller the better: at its beginning, at the beginning of a word, inside, or letter by letter. */
function fit(word: string, text: string): number | undefined {
  const at = text.indexOf(word);
  if (at === 0) return 0;
  if (at > 0) return /[^a-z0-9]/.test(text[at - 1] ?? '') ? 1 : 3;
  let from = -1;
  let gaps = 0;
  for (const letter of word) {
    const next = text.indexOf(letter, from + 1);
    if (next < 0) return undefined;
    if (from >= 0) gaps += next - from - 1;
    from = next;
  }
  // Letters that are strewn over the text are no match that a person sees.
  return gaps <= word.length ? 6 + gaps : undefined;
}

/** How well a query fits a title and further words, the smaller the better; every word must fit somewhere. */
export function rank(query: string, title: string, words = ''): number | undefined {
  let sum = 0;
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const inTitle = fit(word, title.toLowerCase());
    const inWords = words.toLowerCase().includes(word) ? 5 : undefined;
    const best = inTitle === undefined ? inWords : Math.min(inTitle, inWords ?? Number.POSITIVE_INFINITY);
    if (best === undefined) return undefined;
    sum += best;
  }
  return sum + title.length / 1000;
}
