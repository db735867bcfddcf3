// Processor time of processes, in microseconds, as /proc counts it (ticks of 10 ms).
import { readFileSync, readdirSync } from 'node:fs';

const TICK = 10_000;

/** [parent, own ticks, ticks of children that have ended] */
function stat(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
  return { parent: fields[1], own: fields[11] + fields[12], ended: fields[13] + fields[14] };
}

export function ofProcess(pid) {
  return stat(pid).own * TICK;
}

/** The postmaster, its processes, and those that have come to an end. */
export function ofFamily(pid) {
  const head = stat(pid);
  let ticks = head.own + head.ended;
  for (const other of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
    try {
      const { parent, own } = stat(other);
      if (parent === pid) ticks += own;
    } catch {
      // It ended while we looked.
    }
  }
  return ticks * TICK;
}

/** Of all cores together: time spent working, and time that has passed. */
export function ofMachine() {
  const ticks = /^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))[1].split(' ').map(Number);
  const all = ticks.slice(0, 8).reduce((sum, one) => sum + one, 0);
  return { busy: (all - ticks[3] - ticks[4]) * TICK, all: all * TICK };
}

export function peakMemory(pid) {
  const found = /^VmHWM:\s+([0-9]+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return found ? Number(found[1]) * 1024 : 0;
}
