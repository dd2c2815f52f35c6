import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Chinese belongs into src/i18n, where both languages are kept side by side. */
const noChinese = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node, text) => {
      if (/[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]/u.test(text)) context.report({ node, message: 'Move this text to src/i18n.' });
    };
    return {
      Literal: (node) => typeof node.value === 'string' && check(node, node.value),
      TemplateElement: (node) => check(node, node.value.raw),
      SvelteText: (node) => check(node, node.value),
      SvelteLiteral: (node) => check(node, node.value),
    };
  },
};

/** Spaces that no font for Chinese has: each makes the web view search all fonts of the system. */
const noRareSpaces = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node) => {
      if (/[\u2007-\u200a\u202f]|&(thinsp|hairsp|numsp|puncsp|#8239|#8201|#x202f|#x2009);/iu.test(context.sourceCode.getText(node)))
        context.report({ node, message: 'Use a margin: fonts for Chinese have no such space.' });
    };
    return { Literal: check, TemplateElement: check, SvelteText: check, SvelteLiteral: check };
  },
};

/** What a formatter leaves long is split by hand: a line that has to be scrolled to is not read. */
const shortLines = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      Program() {
        context.sourceCode.lines.forEach((text, at) => {
          if (text.length > 140) context.report({ loc: { line: at + 1, column: 140 }, message: 'Longer than 140 columns.' });
        });
      },
    };
  },
};

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/bindings.ts'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    plugins: { beishen: { rules: { 'no-chinese': noChinese, 'no-rare-spaces': noRareSpaces, 'short-lines': shortLines } } },
    rules: {
      'no-undef': 'off',
      eqeqeq: 'error',
      'beishen/no-rare-spaces': 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': 'off',
      'svelte/prefer-svelte-reactivity': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } },
  },
  {
    files: ['src/**/*.svelte'],
    rules: {
      'beishen/short-lines': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'SvelteAwaitBlock', message: 'What {#await} replaces is never let go: use lib/Later.svelte or state.' },
      ],
    },
  },
  {
    files: ['src/**/*.{svelte,ts}'],
    ignores: ['src/i18n/**', 'src/testing/**', '**/*.test.ts'],
    rules: { 'beishen/no-chinese': 'error' },
  },
  { files: ['testing/**', 'screens/**'], languageOptions: { globals: { ...globals.node } } },
);
