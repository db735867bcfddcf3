// Finds what pages refer to: classes of the Java sources, and files.
import fs from 'node:fs';
import path from 'node:path';

/** A class in backticks, with or without a member or an annotation's sign; one-word names are left out. */
const CLASS = /`@?([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:\.\w+)?(?:\([^`]*\))?`/g;
const LINK = /\]\(([^)#\s]+)(?:#[^)\s]*)?\)/g;

/** The names of all classes that the Java files below these folders declare or import. */
export function listClasses(folders) {
  const names = new Set();
  for (const text of readJava(folders)) {
    const declared = text.matchAll(/\b(?:class|record|interface|enum) ([A-Z]\w*)/g);
    const imported = text.matchAll(/^import (?:static )?[\w.]*?\.([A-Z]\w*)/gm);
    for (const [, name] of [...declared, ...imported]) names.add(name);
  }
  return names;
}

function readJava(folders) {
  return folders.flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true })
      .filter((file) => file.endsWith('.java'))
      .map((file) => fs.readFileSync(path.join(folder, file), 'utf8')),
  );
}

/** Words in backticks that look like classes: attributes of cookies, and a duration. */
const NO_CLASSES = new Set(['HttpOnly', 'SameSite', 'P1D']);

/** The classes of the Java files below these folders that extend one of `parents` directly. */
export function listSubclasses(folders, parents) {
  const declaration = new RegExp(`\\bclass (\\w+)\\s+extends (?:${parents.join('|')})\\b`, 'g');
  return readJava(folders).flatMap((text) => [...text.matchAll(declaration)].map(([, name]) => name));
}

export function findUnknownClasses(text, classes) {
  const names = [...text.matchAll(CLASS)].map(([, name]) => name);
  return [...new Set(names)].filter((name) => !classes.has(name) && !NO_CLASSES.has(name));
}

/** @param exists whether there is a file or folder at a path relative to the page */
export function findBrokenLinks(text, exists) {
  const targets = [...text.matchAll(LINK)].map(([, target]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !exists(target));
}
