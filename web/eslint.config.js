// Rules beside the compiler's: the layers of the source tree, no cycles, accessible HTML.
//   lib <- api <- ui <- features <- app; a feature imports no other feature.
import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// `layer` may import only from `allowed`; the alias `@/` is how one layer names another.
function layer(name, allowed) {
  const others = ['lib', 'api', 'ui', 'features', 'app'].filter((l) => !allowed.includes(l));
  const group = others.flatMap((other) => [`@/${other}`, `@/${other}/**`]);
  return {
    files: [`src/${name}/**/*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [
          { group, message: `${name} imports only ${allowed.join(', ') || 'itself'}.` },
          { group: ['../../*'], message: 'Name another folder by @/.' },
        ],
      }],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'tests/e2e/.out'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  jsxA11y.flatConfigs.strict,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.json' })],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 150, skipComments: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  layer('lib', ['lib']),
  layer('api', ['lib', 'api']),
  layer('ui', ['lib', 'api', 'ui']),
  layer('features', ['lib', 'api', 'ui']),
  {
    files: ['tests/**/*.mjs', 'tools/**/*.mjs', 'eslint.config.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'Buffer', 'setTimeout', 'clearTimeout', 'setInterval',
          'clearInterval', 'fetch', 'document', 'window', 'structuredClone', 'location',
          'localStorage', 'getComputedStyle'].map((name) => [name, 'readonly']),
      ),
    },
  },
);
