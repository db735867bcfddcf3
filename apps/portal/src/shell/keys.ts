'use client';

import { useEffect, useRef } from 'react';

const SEQUENCE_MILLISECONDS = 1000;

export interface KeyHandlers {
  menu: () => void;
  help: () => void;
  filter: () => void;
  /** The letter after G. */
  go: (letter: string) => void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Whether a letter may act: nobody types, no dialog is open, and no other key is held. */
const mayAct = (event: KeyboardEvent): boolean =>
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !isTyping(event.target) &&
  !document.querySelector('dialog[open], [role="dialog"]');

/** Keys of a page, by the character that is typed. */
export function useLetters(letters: Record<string, () => void>): void {
  const latest = useRef(letters);
  useEffect(() => {
    latest.current = letters;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (mayAct(event)) latest.current[event.key]?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** The shell's keys: Ctrl or ⌘ K, G and a letter, / and ?. A letter never acts while somebody types or a dialog is open. */
export function useKeys(handlers: KeyHandlers): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    let goneAt = -Infinity;
    const onKey = (event: KeyboardEvent) => {
      const on = latest.current;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        return on.menu();
      }
      if (!mayAct(event)) return;
      const waited = event.timeStamp - goneAt;
      goneAt = -Infinity;
      if (waited < SEQUENCE_MILLISECONDS) return on.go(event.key.toLowerCase());
      if (event.key === 'g') goneAt = event.timeStamp;
      else if (event.key === '?') on.help();
      else if (event.key === '/') {
        event.preventDefault();
        on.filter();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** J and K walk the links of a list, as arrows do in a menu. */
export function moveInList(list: HTMLElement | null, step: 1 | -1): void {
  const links = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  if (links.length === 0) return;
  const here = links.indexOf(document.activeElement as HTMLElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + step));
  links[next]?.focus();
}
