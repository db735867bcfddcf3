// Fails when a page's first load weighs more than the budget: HTML, CSS and scripts that it names, gzipped.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 180;
const root = fileURLToPath(new URL('../export/', import.meta.url));
const REFERENCE = /(?:src|href)="\/(_next\/static\/[^"]+\.(?:js|css))"/g;

const gzipped = (file) => gzipSync(readFileSync(root + file), { level: 9 }).length;
const pages = readdirSync(root, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.html') && statSync(root + name).isFile());
let tooHeavy = 0;
for (const page of pages.sort()) {
  const html = readFileSync(root + page, 'utf8');
  // A browser that knows modules leaves noModule scripts alone.
  const modern = html.replace(/<script[^>]*\bnomodule\b[^>]*><\/script>/gi, '');
  const loaded = new Set([...modern.matchAll(REFERENCE)].map((match) => match[1]));
  const bytes = gzipped(page) + [...loaded].reduce((sum, file) => sum + gzipped(file), 0);
  const size = Math.round(bytes / 102.4) / 10;
  if (size > BUDGET_KB) tooHeavy++;
  console.log(`${size > BUDGET_KB ? 'not ok' : 'ok'} ${page.padEnd(32)} ${size.toFixed(1)} KB`);
}
if (tooHeavy > 0) {
  console.error(`${tooHeavy} page(s) weigh more than ${BUDGET_KB} KB: load what is not needed at first by dynamic().`);
  process.exit(1);
}
