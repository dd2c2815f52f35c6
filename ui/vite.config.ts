import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// One config for the app and the tests of its parts.
export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  clearScreen: false,
  // Without the browser condition vitest would load Svelte's server build.
  resolve: mode === 'test' ? { conditions: ['browser'] } : undefined,
  server: { port: 5173, strictPort: true, host: '127.0.0.1' },
  build: {
    target: ['safari16.4', 'chrome105'],
    // A data: URL for a font or image would need a wider CSP.
    assetsInlineLimit: 0,
    // One style sheet: a dozen small ones are a dozen ways to the shell and back before the first paint.
    cssCodeSplit: false,
    // What every part needs comes as one file, for the same reason.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'base', test: /node_modules\/(svelte|esm-env|clsx)\/|\/src\/i18n\/(index|zh)|\/src\/lib\/(Kbd|keymap)/ }],
        },
      },
    },
    chunkSizeWarningLimit: 700,
  },
  test: {
    env: { DEBUG_PRINT_LIMIT: '0' },
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    globalSetup: ['testing/serve.js'],
    setupFiles: ['src/testing/setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
}));
