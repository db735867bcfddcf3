import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { findNewestCall } from './newest-call.mjs';

async function answer(body) {
  const server = http.createServer((request, response) => {
    assert.equal(request.headers.authorization, 'Bearer token');
    response.end(JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const platformUrl = `http://127.0.0.1:${server.address().port}`;
  try {
    return (await findNewestCall({ platformUrl }, { token: 'token' }))?.replace(platformUrl, '') ?? null;
  } finally {
    server.close();
  }
}

test('the newest call has a page', async () => {
  assert.equal(await answer({ items: [{ subject: 'call/1' }] }), '/calls/call%2F1');
});

test('without a call, a platform or its file there is none', async () => {
  assert.equal(await answer({ items: [] }), null);
  assert.equal(await findNewestCall({ platformUrl: 'http://127.0.0.1:1' }, null), null);
});
