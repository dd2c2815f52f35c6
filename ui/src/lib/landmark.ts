/** Where menus and lists of choices are put: over everything, and still inside the page's main landmark, where a screen reader looks for them. */
export const landmark = (): Element => document.querySelector('main') ?? document.body;
