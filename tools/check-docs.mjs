// Checks the top-level pages: every class in backticks exists, and every relative link leads to a file.
import fs from 'node:fs';
import path from 'node:path';
import { findBrokenLinks, findUnknownClasses, listClasses } from './docs.mjs';
import { ROOT } from './settings.mjs';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/README.md',
  'docs/configuration.md',
  'benchmarks/README.md',
];

const classes = listClasses(['apps', 'libs', 'benchmarks'].map((folder) => path.join(ROOT, folder)));
const problems = PAGES.flatMap((page) => {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
  const exists = (target) => fs.existsSync(path.join(ROOT, path.dirname(page), target));
  return [
    ...findUnknownClasses(text, classes).map((name) => `${page}: there is no class ${name}`),
    ...findBrokenLinks(text, exists).map((target) => `${page}: ${target} does not exist`),
  ];
});
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
