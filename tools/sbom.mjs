// Entry of ./dev sbom: lists all components in target/sbom, checks the list, looks up advisories, writes THIRD-PARTY.md.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findAdvisories } from './advisories.mjs';
import {
  findProblems,
  formatNotices,
  readComponents,
  readPackageDependencies,
  readPomDependencies,
} from './components.mjs';
import { ROOT } from './settings.mjs';

const FOLDER = path.join(ROOT, 'target/sbom');
const NOTICES = path.join(ROOT, 'THIRD-PARTY.md');
const readText = (...place) => fs.readFileSync(path.join(ROOT, ...place), 'utf8');
const readJson = (...place) => JSON.parse(readText(...place));

try {
  const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;
  await run(check);
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

/** @param check fails on stale notices instead of writing them */
async function run(check) {
  const { licences, notes, advisories } = readJson('config/components.json');
  const components = [readComponents(listMaven(), licences), readComponents(listNpm(), licences)].flat();
  const problems = findProblems(components, listDeclared());
  if (problems.length > 0) throw new Error(problems.join('\n'));
  console.log(`${components.length} components in target/sbom, every one with a licence`);
  const notices = formatNotices(components, notes);
  if (!check) fs.writeFileSync(NOTICES, notices);
  else if (!fs.existsSync(NOTICES) || fs.readFileSync(NOTICES, 'utf8') !== notices) {
    throw new Error('THIRD-PARTY.md is stale. ./dev sbom writes it.');
  }
  await reportAdvisories(components, advisories);
}

function listMaven() {
  const goal = 'org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom';
  const flags = ['-DoutputName=java', `-DoutputDirectory=${FOLDER}`];
  execFileSync('mvn', ['-q', '-B', '-ntp', goal, ...flags], { cwd: ROOT, stdio: 'pipe' });
  return readJson('target/sbom/java.json');
}

function listNpm() {
  const args = ['sbom', '--sbom-format', 'cyclonedx'];
  const text = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(path.join(FOLDER, 'node.json'), text);
  return JSON.parse(text);
}

function listDeclared() {
  const modules = [...readText('pom.xml').matchAll(/<module>([^<]+)<\/module>/g)].map(([, module]) => module);
  const { workspaces } = readJson('package.json');
  return [
    ...modules.flatMap((module) => readPomDependencies(readText(module, 'pom.xml'))),
    ...['.', ...workspaces].flatMap((workspace) => readPackageDependencies(readJson(workspace, 'package.json'))),
  ];
}

async function reportAdvisories(components, accepted) {
  const found = await findAdvisories(components, accepted);
  if (!found) {
    console.log('known vulnerabilities were not looked up: the advisory source did not answer');
  } else if (found.length > 0) {
    const lines = found.map(({ id, advisory }) => `${id}: ${advisory}`);
    throw new Error(
      `Known vulnerabilities:\n${lines.join('\n')}\nUpgrade, or accept one with the reason in config/components.json.`,
    );
  } else {
    console.log('no known vulnerabilities');
  }
}
