// Builds the portal and lays it out for the platform: export/, with manifest.json (ADR 0030).
// Each file gets a compressed copy, an ETag, and, for pages, the hashes of its inline scripts.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const TYPES = {
  '.css': 'text/css;charset=UTF-8',
  '.html': 'text/html;charset=UTF-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript;charset=UTF-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain;charset=UTF-8',
  '.woff2': 'font/woff2',
};
const COMPRESSED = ['.css', '.html', '.js', '.json', '.svg', '.txt'];
const SCRIPT = /<script(?<attributes>[^>]*)>(?<text>[\s\S]*?)<\/script>/g;
const MIN_COMPRESSED_BYTES = 1000;

const next = path.join(path.dirname(createRequire(import.meta.url).resolve('next/package.json')), 'dist/bin/next');
const built = spawnSync(process.execPath, [next, 'build'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
});
if (built.status !== 0) process.exit(built.status ?? 1);

const target = path.join(root, 'export');
rmSync(target, { recursive: true, force: true });
cpSync(path.join(root, 'out'), target, { recursive: true });

/** The hashes of a page's inline scripts, as a Content-Security-Policy writes them. */
function hashScripts(html) {
  const inline = [...html.matchAll(SCRIPT)].filter(({ groups }) => !/\ssrc=/.test(groups.attributes));
  return [
    ...new Set(inline.map(({ groups }) => `sha256-${createHash('sha256').update(groups.text).digest('base64')}`)),
  ];
}

const files = readdirSync(target, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(target, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
  .sort()
  .map((name) => {
    const extension = path.extname(name);
    const type = TYPES[extension];
    if (!type) throw new Error(`The export has ${name}, whose media type is unknown: add it to scripts/build.mjs`);
    const content = readFileSync(path.join(target, name));
    const gzip = COMPRESSED.includes(extension) && content.length >= MIN_COMPRESSED_BYTES;
    if (gzip) writeFileSync(path.join(target, `${name}.gz`), gzipSync(content, { level: 9 }));
    return {
      path: name,
      type,
      etag: `"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`,
      gzip,
      scripts: extension === '.html' ? hashScripts(content.toString('utf8')) : [],
    };
  });
writeFileSync(path.join(target, 'manifest.json'), JSON.stringify({ files }));
if (!existsSync(path.join(target, 'index.html'))) throw new Error('The export has no index.html');
console.log(`export: ${files.length} files`);
