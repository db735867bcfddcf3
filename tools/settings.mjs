import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Reads the settings of docs/configuration.md that the tools need. Relative directories start at the repository's root. */
export function readSettings(environment = process.env) {
  const data = path.resolve(ROOT, environment.PATCHBAY_DATA_DIR || '.patchbay');
  const port = Number(environment.PATCHBAY_PORT || 8080);
  const sandboxPort = Number(environment.PATCHBAY_SANDBOX_PORT || 4010);
  const mailPort = Number(environment.PATCHBAY_SANDBOX_MAIL_PORT || 4025);
  return {
    data,
    logs: path.join(data, 'logs'),
    devFile: path.join(data, 'dev.json'),
    port,
    sandboxPort,
    mailPort,
    platformUrl: `http://127.0.0.1:${port}`,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    ownDatabase: !environment.PATCHBAY_DB_URL,
    java: environment.JAVA_HOME ? path.join(environment.JAVA_HOME, 'bin', 'java') : 'java',
    javaOptions: (environment.PATCHBAY_JAVA_OPTIONS || '-Xmx768m -XX:+UseSerialGC').split(/\s+/).filter(Boolean),
    jars: {
      sandbox: path.join(ROOT, 'apps/sandbox/target/sandbox-0.1.0-all.jar'),
      platform: path.join(ROOT, 'apps/platform/target/platform-0.1.0-app.jar'),
    },
  };
}
