import { render } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import config from '../../svelte.config.js';
import { visibleTexts } from '../../visible.js';
import Tag from './Tag.svelte';

const built = (markup: string) => visibleTexts.markup({ content: markup, filename: '/x/ui/src/lib/Some.svelte' })?.code ?? markup;

describe('texts that are shown', () => {
  it.each([
    ['<b>{row.title}</b>', '<b>{__visible(row.title)}</b>'],
    ['<b title={row.title}>x</b>', '<b title={__visible(row.title)}>x</b>'],
    ['<b {title}>x</b>', '<b title={__visible(title)}>x</b>'],
    ['<b title="{a} {b}">x</b>', '<b title="{__visible(a)} {__visible(b)}">x</b>'],
    ['{#each rows as row (row.id)}{row.name}{/each}', '{#each rows as row (row.id)}{__visible(row.name)}{/each}'],
    ["{t('sign.who', { who })}", "{__visible(t('sign.who', { who }))}"],
    ['<Some>{#snippet actions()}{name}{/snippet}</Some>', '<Some>{#snippet actions()}{__visible(name)}{/snippet}</Some>'],
  ])('of %s go through', (markup, wanted) => expect(built(markup)).toContain(wanted));

  it.each([
    ['<input value={draft} />'],
    ['<textarea bind:value={draft}></textarea>'],
    ["<b>{t('close')}</b>"],
    ['<b class={kind}>x</b>'],
    ['<Some title={row.title} />'],
    ['{@render children()}'],
  ])('are not those of %s', (markup) => expect(built(markup)).toBe(markup));

  it('go through in every component, as it is built', () => {
    expect(config.preprocess).toContain(visibleTexts);
    const children = createRawSnippet(() => ({ render: () => '<i>x</i>' }));
    const { container } = render(Tag, { children, title: '照片\u202Egpj.exe' });
    expect(container.querySelector('[title]')!.getAttribute('title')).toBe('照片⟨U+202E⟩gpj.exe');
  });
});
