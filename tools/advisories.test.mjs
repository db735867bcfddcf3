import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { findAdvisories } from './advisories.mjs';

/** Calls back with the address of a source that answers every query with `results`. */
async function withSource(status, results, use) {
  const server = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status).end(JSON.stringify({ results })));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.close();
  }
}

const COMPONENTS = [{ id: 'pkg:npm/safe@1.0' }, { id: 'pkg:npm/unsafe@1.0' }];
const RESULTS = [{}, { vulns: [{ id: 'GHSA-1' }, { id: 'GHSA-2' }] }];

test('advisories are found by component, except accepted ones', async () => {
  const accepted = { 'GHSA-2': { reason: 'We do not call it.' } };
  const found = await withSource(200, RESULTS, (source) => findAdvisories(COMPONENTS, accepted, source));
  assert.deepEqual(found, [{ id: 'pkg:npm/unsafe@1.0', advisory: 'GHSA-1' }]);
  assert.equal((await withSource(200, RESULTS, (source) => findAdvisories(COMPONENTS, undefined, source))).length, 2);
});

test('a source that is down or refuses is no answer', async () => {
  const down = await withSource(200, [], (source) => source);
  assert.equal(await findAdvisories(COMPONENTS, {}, down), undefined);
  assert.equal(await withSource(503, [], (source) => findAdvisories(COMPONENTS, {}, source)), undefined);
});
