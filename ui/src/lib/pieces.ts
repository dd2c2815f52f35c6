export type Piece = { text: string; hit: boolean };

/** Cuts a text at the places where one of the (lower-case) words occurs. */
export function pieces(text: string, words: string[]): Piece[] {
  if (words.length === 0) return [{ text, hit: false }];
  const low = text.toLowerCase();
  // Lower-casing may change the length of a few letters; marks would then sit wrong.
  if (low.length !== text.length) return [{ text, hit: false }];
  const hits = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = low.indexOf(word); word && at >= 0; at = low.indexOf(word, at + word.length)) hits.fill(true, at, at + word.length);
  }
  const cut: Piece[] = [];
  let from = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at === text.length || hits[at] !== hits[from]) {
      cut.push({ text: text.slice(from, at), hit: hits[from] ?? false });
      from = at;
    }
  }
  return cut;
}
