import js from '@eslint/js';
import globals from 'globals';

// Prettier decides the format; these rules decide what a reader has to hold in mind at once.
export default [
  // The portal has rules of its own (apps/portal/eslint.config.mjs).
  { ignores: ['**/target/', '.patchbay/', '.nx/', 'apps/portal/'] },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { ecmaVersion: 2023, sourceType: 'module', globals: globals.node },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      complexity: ['error', 12],
      eqeqeq: 'error',
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      'no-else-return': 'error',
      'no-shadow': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'prefer-template': 'error',
    },
  },
];
