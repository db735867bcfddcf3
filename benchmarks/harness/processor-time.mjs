// Processor time of processes in microseconds, as /proc counts it in ticks of 10 ms.
import fs from 'node:fs';

const TICK_MICROS = 10_000;

/** The parent's pid, the ticks of a process, and those of its children that have ended. */
function readStat(pid) {
  const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return { parent: fields[1], own: fields[11] + fields[12], endedChildren: fields[13] + fields[14] };
}

export const listPids = () => fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name));

export function readProcessTime(pid) {
  return readStat(pid).own * TICK_MICROS;
}

/** The time of a process and all its children, including those that have ended: PostgreSQL has a process a session. */
export function readFamilyTime(pid) {
  const head = readStat(pid);
  let ticks = head.own + head.endedChildren;
  for (const other of listPids()) {
    try {
      const { parent, own } = readStat(other);
      if (parent === pid) ticks += own;
    } catch {
      // It ended while we looked.
    }
  }
  return ticks * TICK_MICROS;
}

/** Of all cores together: the time they worked, and the time that has passed. */
export function readMachineTime() {
  const [, line] = /^cpu +(.*)$/m.exec(fs.readFileSync('/proc/stat', 'utf8'));
  const ticks = line.split(' ').map(Number);
  const all = ticks.slice(0, 8).reduce((sum, one) => sum + one, 0);
  const [, , , idle, waiting] = ticks;
  return { busy: (all - idle - waiting) * TICK_MICROS, all: all * TICK_MICROS };
}

/**
 * The share of all processor time that went to programs outside the benchmark. Above 0.05 the figures mean little.
 * @param from sample {jvm, postgres, own, machine}; `to` a later one
 */
export function shareOfOthers(from, to) {
  const ours = ['jvm', 'postgres', 'own'].reduce((sum, name) => sum + to[name] - from[name], 0);
  return Math.max(0, (to.machine.busy - from.machine.busy - ours) / (to.machine.all - from.machine.all));
}

/** Peak resident memory in bytes. */
export function readPeakMemory(pid) {
  const found = /^VmHWM:\s+([0-9]+) kB/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  return found ? Number(found[1]) * 1024 : 0;
}
