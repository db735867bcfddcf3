// Finds what pages refer to: classes of the Java sources, and files.
import fs from 'node:fs';
import path from 'node:path';

/** A class in backticks, with or without a member or an annotation's sign; one-word names are left out. */
const CLASS = /`@?([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:\.\w+)?(?:\([^`]*\))?`/g;
const LINK = /\]\(([^)#\s]+)(?:#[^)\s]*)?\)/g;

/** The names of all classes that the Java files below these folders declare or import. */
export function listClasses(folders) {
  const names = new Set();
  for (const folder of folders) {
    const files = fs.readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.java'));
    for (const file of files) {
      const text = fs.readFileSync(path.join(folder, file), 'utf8');
      const declared = text.matchAll(/\b(?:class|record|interface|enum) ([A-Z]\w*)/g);
      const imported = text.matchAll(/^import (?:static )?[\w.]*?\.([A-Z]\w*)/gm);
      for (const [, name] of [...declared, ...imported]) names.add(name);
    }
  }
  return names;
}

export function findUnknownClasses(text, classes) {
  const names = [...text.matchAll(CLASS)].map(([, name]) => name);
  return [...new Set(names)].filter((name) => !classes.has(name));
}

/** @param exists whether there is a file or folder at a path relative to the page */
export function findBrokenLinks(text, exists) {
  const targets = [...text.matchAll(LINK)].map(([, target]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !exists(target));
}
