import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureMoney } from './measure.mjs';
import { MoneyStack } from './money-stack.mjs';

const PLAN = { calls: 3_000, seed: 7, clients: 4, crash: true, everySeconds: 2 };
const NAME = 'usage agrees with the invoice to 0.00 although platform and PostgreSQL are killed while it is collected';

test(NAME, { timeout: 480_000 }, async () => {
  const stack = await MoneyStack.create();
  try {
    const { accounted, kills, difference, planted, digests, collected } = await measureMoney(stack, PLAN, () => {});
    assert.deepEqual(accounted.examples, []);
    assert.equal(difference, '0.00');
    assert.ok(kills >= 1, `killed ${kills} times`);
    assert.ok(collected >= 2_900, `collected ${collected}`);
    assert.ok(planted >= 10, `planted ${planted}`);
    assert.ok(Object.keys(digests).length >= 2, JSON.stringify(digests));
  } finally {
    await stack.remove();
  }
});
