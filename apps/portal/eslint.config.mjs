import next from 'eslint-config-next/core-web-vitals';
import nextTypes from 'eslint-config-next/typescript';
import a11y from 'eslint-plugin-jsx-a11y';

const ONE_WAY_OUT = 'Requests to the server go through src/api/client.ts.';

/** Sets the portal's rules; the root's configuration leaves this folder to it. */
const config = [
  {
    ignores: [
      '.next/',
      'out/',
      'export/',
      'coverage/',
      'next-env.d.ts',
      'src/api/schema.d.ts',
      'src/testing/operations.ts',
      'storybook-static/',
      'test-results/',
    ],
  },
  ...next,
  ...nextTypes,
  { rules: a11y.flatConfigs.strict.rules },
  // A region that scrolls takes the focus, so that the keyboard can scroll it.
  { rules: { 'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['tabpanel', 'region'] }] } },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      complexity: ['error', 16],
      eqeqeq: 'error',
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-else-return': 'error',
      'prefer-template': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'next/font/google', message: 'Fonts come with the portal: app/fonts.ts.' }] },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/api/client.ts', 'src/**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: ONE_WAY_OUT },
        { name: 'XMLHttpRequest', message: ONE_WAY_OUT },
        { name: 'EventSource', message: ONE_WAY_OUT },
      ],
      'no-restricted-properties': ['error', { object: 'window', property: 'fetch', message: ONE_WAY_OUT }],
    },
  },
];

export default config;
