import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The content of dev.json, which the platform writes in dev. */
export interface Stack {
  platform: string;
  sandbox: string;
  token: string;
  clients: { id: string; name: string; agentId: string }[];
}

const ROOT = path.resolve(import.meta.dirname, '../../..');

export function readStack(): Stack {
  const directory = path.resolve(ROOT, process.env.PATCHBAY_DATA_DIR ?? '.patchbay');
  return JSON.parse(readFileSync(path.join(directory, 'dev.json'), 'utf8')) as Stack;
}
