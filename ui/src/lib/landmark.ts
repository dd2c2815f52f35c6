/**
 * Where menus and lists of choices are put: over everything, and still inside the page's main landmark, where a screen reader looks for
 * them. Looked for anew whenever `opens` changes: another screen has another landmark, and in the old one nobody would see them.
 */
export const landmark = (opens: boolean): Element => (void opens, document.querySelector('main') ?? document.body);
