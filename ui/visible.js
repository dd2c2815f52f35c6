// Signs in a text that turn its direction are shown and not obeyed, wherever a text is shown: a name that came from outside must
// not look like another one. Asking for it in every place would be forgotten in one, so each is rewritten when the page is built.
import { parse } from 'svelte/compiler';

const OURS = '/ui/src/';
/** Attributes of elements that are read by people. */
const READ = new Set(['title', 'alt', 'aria-label', 'placeholder']);

/** Passes every shown text through `lib/visible.ts`: a Svelte preprocessor. What is edited (`value`) stays as it is. */
export const visibleTexts = {
  name: 'visible-texts',
  /** @param {{ content: string, filename?: string }} file */
  markup({ content, filename = '' }) {
    const path = filename.replaceAll('\\', '/');
    if (!path.includes(OURS)) return undefined;
    const shown = expressions(parse(content, { modern: true }).fragment);
    if (shown.length === 0) return undefined;
    let code = content;
    for (const { start, end, attribute } of shown.sort((a, b) => b.start - a.start)) {
      const through = `__visible(${code.slice(start, end)})`;
      // `{title}` stands for `title={title}`.
      code = `${code.slice(0, start)}${attribute ? `${attribute}={__visible(${attribute})}` : through}${code.slice(end)}`;
    }
    const up = '../'.repeat(path.split(OURS)[1].split('/').length - 1) || './';
    const own = `import { visible as __visible } from '${up}lib/visible';`;
    const script = /<script(?![^>]*\bmodule\b)[^>]*>/u;
    return { code: script.test(code) ? code.replace(script, (tag) => `${tag} ${own}`) : `<script lang="ts">${own}</script>${code}` };
  },
};

/** Every expression of a text that is shown, but for words of our own. */
function expressions(fragment) {
  const found = [];
  const add = (tag) => {
    const { expression } = tag;
    const isOwn =
      expression.type === 'Literal' ||
      (expression.type === 'CallExpression' && expression.callee.name === 't' && expression.arguments.length === 1);
    if (!isOwn) found.push(expression);
  };
  const walk = (node) => {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach(walk);
    if (node.type === 'Fragment') node.nodes.filter((each) => each.type === 'ExpressionTag').forEach(add);
    if (node.type === 'RegularElement') {
      for (const { type, name, value, start, end } of node.attributes) {
        if (type === 'Attribute' && READ.has(name) && value !== true) {
          const isShort = !Array.isArray(value) && value.expression?.start === start + 1;
          if (isShort) found.push({ start, end, attribute: name });
          else
            [value]
              .flat()
              .filter((each) => each.type === 'ExpressionTag')
              .forEach(add);
        }
      }
      if (node.name === 'textarea') return;
    }
    for (const [key, value] of Object.entries(node)) {
      if (!['attributes', 'expression', 'test', 'metadata', 'parent'].includes(key)) walk(value);
    }
  };
  walk(fragment);
  return found;
}
