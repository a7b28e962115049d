/** A file of a directory as the reference prints it: what was given, a slash, the name; nothing is resolved. */
export function fileIn(directory: string, name: string): string {
  return directory.endsWith("/") ? `${directory}${name}` : `${directory}/${name}`;
}
