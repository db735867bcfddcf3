// Checks the pages: every class and member in backticks exists, every relative link leads to a file and a heading, and
// docs/README.md names every background job.
import fs from 'node:fs';
import path from 'node:path';
import {
  findBrokenAnchors,
  findBrokenLinks,
  findUnknownClasses,
  findUnknownMembers,
  listClasses,
  listSubclasses,
  listWords,
} from './docs.mjs';
import { ROOT } from './settings.mjs';

const MAP = 'docs/README.md';
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'apps/sandbox/README.md',
  'benchmarks/README.md',
  ...fs
    .readdirSync(path.join(ROOT, 'docs'), { recursive: true })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join('docs', file)),
];

const FOLDERS = ['apps', 'libs', 'benchmarks'].map((folder) => path.join(ROOT, folder));

const classes = listClasses(FOLDERS);
const words = listWords(FOLDERS);
const problems = PAGES.flatMap((page) => {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
  const resolve = (target) => path.join(ROOT, path.dirname(page), target);
  const exists = (target) => fs.existsSync(resolve(target));
  const read = (target) => (target === '' ? text : exists(target) ? fs.readFileSync(resolve(target), 'utf8') : '');
  return [
    ...findUnknownClasses(text, classes).map((name) => `${page}: there is no class ${name}`),
    ...findUnknownMembers(text, words).map((member) => `${page}: there is no member ${member}`),
    ...findBrokenLinks(text, exists).map((target) => `${page}: ${target} does not exist`),
    ...findBrokenAnchors(text, read).map((target) => `${page}: there is no heading ${target}`),
  ];
});
const map = fs.readFileSync(path.join(ROOT, MAP), 'utf8');
for (const job of listSubclasses([path.join(ROOT, 'apps/platform/src/main/java')], ['PeriodicTask', 'RetentionJob'])) {
  if (job !== 'RetentionJob' && !map.includes(`\`${job}\``))
    problems.push(`${MAP}: the background job ${job} is not listed`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
