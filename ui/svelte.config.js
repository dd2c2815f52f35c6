import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { plainIcons } from './icons.js';
import { visibleTexts } from './visible.js';

export default {
  preprocess: [plainIcons, visibleTexts, vitePreprocess()],
  compilerOptions: { runes: true },
  // bits-ui ships some components in the older syntax.
  vitePlugin: { dynamicCompileOptions: ({ filename }) => (filename.includes('node_modules') ? { runes: undefined } : {}) },
};
