import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from './settings.mjs';

/** Starts a program in a session of its own (Ctrl-C in our terminal does not reach it), all it says in its log. */
export function launch(name, command, words, environment, settings) {
  fs.mkdirSync(settings.logs, { recursive: true });
  const log = fs.openSync(logOf(name, settings), 'a');
  const child = spawn(command, words, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...environment },
  });
  child.on('error', (error) => fs.appendFileSync(logOf(name, settings), `cannot be started: ${error.message}\n`));
  child.unref();
  fs.closeSync(log);
  fs.writeFileSync(pidFile(name, settings), `${child.pid ?? 0}\n`);
  return child.pid ?? 0;
}

/** The pid of what we (or the platform, through dev.json) wrote down, if that process still is what it was. */
export function runningPid(name, settings) {
  const mark = name === 'postgres' ? 'postgres' : path.basename(settings.jars[name]).replace(/-[^-]*\.jar$/, '');
  return [readPid(pidFile(name, settings)), readDevFile(settings)?.pids?.[name]].find((pid) => isProcess(pid, mark)) ?? null;
}

/** The embedded server names itself in postmaster.pid, even when the platform that started it is long gone. */
export function postgresPid(settings) {
  const pid = readPid(path.join(settings.data, 'postgres', 'data', 'postmaster.pid'));
  return isProcess(pid, 'postgres') ? pid : runningPid('postgres', settings);
}

export function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Asks with a signal and waits; insists with KILL only when `insist` says so (never for the database). */
export async function stop(pid, { signal = 'SIGTERM', seconds = 30, insist = true } = {}) {
  if (!isAlive(pid)) return true;
  process.kill(pid, signal);
  if (await until(() => !isAlive(pid), seconds)) return true;
  if (!insist) return false;
  process.kill(pid, 'SIGKILL');
  return until(() => !isAlive(pid), 5);
}

export async function until(condition, seconds, every = 100) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) return false;
    await pause(every);
  }
}

export function logTail(name, settings, lines = 25) {
  try {
    return fs.readFileSync(logOf(name, settings), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(no log yet)';
  }
}

export function readDevFile(settings) {
  try {
    return JSON.parse(fs.readFileSync(settings.devFile, 'utf8'));
  } catch {
    return null;
  }
}

export const logOf = (name, settings) => path.join(settings.logs, `${name}.log`);

const pidFile = (name, settings) => path.join(settings.data, `${name}.pid`);

function readPid(file) {
  try {
    return Number.parseInt(fs.readFileSync(file, 'utf8'), 10) || null;
  } catch {
    return null;
  }
}

/** Pids are reused: a process counts only while its command line still names what we started. */
function isProcess(pid, mark) {
  if (!isAlive(pid)) return false;
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark);
  } catch {
    return false;
  }
}
