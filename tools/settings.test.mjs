import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { readSettings, ROOT } from './settings.mjs';

test('without variables the settings are those of docs/configuration.md', () => {
  const settings = readSettings({});
  assert.equal(settings.data, path.join(ROOT, '.patchbay'));
  assert.deepEqual([settings.port, settings.sandboxPort, settings.mailPort], [8080, 4010, 4025]);
  assert.deepEqual([settings.ownDatabase, settings.java], [true, 'java']);
  assert.deepEqual(settings.javaOptions, ['-Xmx768m', '-XX:+UseSerialGC']);
});

test('variables replace them, and an empty one counts as absent', () => {
  const settings = readSettings({
    JAVA_HOME: '/jdk',
    PATCHBAY_DATA_DIR: '/data',
    PATCHBAY_PORT: '1',
    PATCHBAY_SANDBOX_PORT: '',
    PATCHBAY_DB_URL: 'jdbc:postgresql://db/patchbay',
    PATCHBAY_JAVA_OPTIONS: ' -Xmx1g  -ea ',
  });
  assert.deepEqual([settings.devFile, settings.java], ['/data/dev.json', '/jdk/bin/java']);
  assert.deepEqual([settings.platformUrl, settings.sandboxUrl], ['http://127.0.0.1:1', 'http://127.0.0.1:4010']);
  assert.deepEqual([settings.ownDatabase, settings.javaOptions], [false, ['-Xmx1g', '-ea']]);
});
