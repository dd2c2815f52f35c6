import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { createRawSnippet, tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { AtHand } from './atHand.svelte';
import Menu from './Menu.svelte';
import Select from './Select.svelte';

const options = ['conform', 'partial'].map((value) => ({ value, label: value === 'conform' ? '符合' : '部分符合' }));
const children = createRawSnippet(() => ({ render: () => '<i>更多</i>' }));
const entries = [{ label: '撤回', run: () => undefined, testid: 'withdraw' }];

const list = () => render(Select, { value: 'conform', options, label: '第 2 列', change: () => undefined, testid: 'it' });
const menu = () => render(Menu, { entries, label: '更多', children, testid: 'it' });

describe.each([
  ['a list of choices', list, 'it-partial'],
  ['a menu', menu, 'withdraw'],
])('%s', (_, show, entry) => {
  it('stays where it is while the pointer is over it, so that the press that follows reaches it', async () => {
    show();
    const button = screen.getByTestId('it');
    await fireEvent.pointerEnter(button, { pointerType: 'mouse' });
    // What the pointer had loaded is there at once; a press comes no sooner.
    await Promise.all([import('./SelectMade.svelte'), import('./MenuMade.svelte')]);
    await tick();
    expect(screen.getByTestId('it')).toBe(button);
    await fireEvent.mouseDown(button, { button: 0 });
    await screen.findByTestId(entry);
  });
});

it('a list that was opened with the mouse is steered with the keyboard', async () => {
  list();
  await fireEvent.mouseDown(screen.getByTestId('it'), { button: 0 });
  await screen.findByTestId('it-partial');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('it')));
});

it('opens only when the focus is where it stays, however the two events of a press fall', async () => {
  const place = document.body.appendChild(document.createElement('div'));
  const button = place.appendChild(document.createElement('button'));
  let arrive: (loaded: { default: never }) => void = () => undefined;
  const coming = new Promise<{ default: never }>((resolve) => (arrive = resolve));
  const it = new AtHand(() => coming);
  const wasOpen: boolean[] = [];
  button.focus = () => void wasOpen.push(it.open);
  // Both come while the list is still being loaded.
  const press = { button: 0, currentTarget: button, preventDefault: () => undefined } as unknown as MouseEvent;
  it.plain.onmousedown(press);
  it.plain.onclick(press);
  arrive({ default: (() => undefined) as never });
  await waitFor(() => expect(it.open).toBe(true));
  expect(wasOpen).toEqual([false]);
  place.remove();
});
