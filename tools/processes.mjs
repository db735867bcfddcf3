import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from './settings.mjs';

/**
 * Starts a program in a session of its own, so that Ctrl-C in this terminal does not reach it, and writes its output to
 * its log. Returns its pid, or 0 when it cannot be started.
 */
export function launch(name, command, args, environment, settings) {
  fs.mkdirSync(settings.logs, { recursive: true });
  const log = fs.openSync(logFile(name, settings), 'a');
  const child = spawn(command, args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...environment },
  });
  child.on('error', (error) => fs.appendFileSync(logFile(name, settings), `cannot be started: ${error.message}\n`));
  child.unref();
  fs.closeSync(log);
  fs.writeFileSync(pidFile(name, settings), `${child.pid ?? 0}\n`);
  return child.pid ?? 0;
}

/** The pid from our pid file or from dev.json, if that process still runs our program; otherwise null. */
export function findPid(name, settings) {
  const program = name === 'postgres' ? 'postgres' : path.basename(settings.jars[name]).replace(/-[^-]*\.jar$/, '');
  const candidates = [readPid(pidFile(name, settings)), readDevFile(settings)?.pids?.[name]];
  return candidates.find((pid) => runs(pid, program)) ?? null;
}

/** The embedded server records its pid in postmaster.pid and outlives the platform that started it. */
export function findPostgresPid(settings) {
  const pid = readPid(path.join(settings.data, 'postgres', 'data', 'postmaster.pid'));
  return runs(pid, 'postgres') ? pid : findPid('postgres', settings);
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

/** Sends a signal and waits for the end; sends KILL after that only with `force`, which a database never gets. */
export async function stopProcess(pid, { signal = 'SIGTERM', seconds = 30, force = true } = {}) {
  if (!isAlive(pid)) return true;
  process.kill(pid, signal);
  if (await waitUntil(() => !isAlive(pid), seconds)) return true;
  if (!force) return false;
  process.kill(pid, 'SIGKILL');
  return waitUntil(() => !isAlive(pid), 5);
}

/** Polls until the condition returns something truthy, which is returned; false after so many seconds. */
export async function waitUntil(condition, seconds, intervalMs = 100) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) return false;
    await pause(intervalMs);
  }
}

export function readLogTail(name, settings, lines = 25) {
  try {
    return fs.readFileSync(logFile(name, settings), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(no log yet)';
  }
}

/** dev.json as the platform wrote it, or null. */
export function readDevFile(settings) {
  try {
    return JSON.parse(fs.readFileSync(settings.devFile, 'utf8'));
  } catch {
    return null;
  }
}

export const logFile = (name, settings) => path.join(settings.logs, `${name}.log`);

const pidFile = (name, settings) => path.join(settings.data, `${name}.pid`);

function readPid(file) {
  try {
    return Number.parseInt(fs.readFileSync(file, 'utf8'), 10) || null;
  } catch {
    return null;
  }
}

/** Pids are reused: a process counts only while its command line still names our program. */
function runs(pid, program) {
  if (!isAlive(pid)) return false;
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program);
  } catch {
    return false;
  }
}
