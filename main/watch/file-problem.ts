/** The system's code of a failed file operation, or "". */
function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Whether the error says that nothing is there (a parent directory may be the missing part). */
export function isAbsent(error: unknown): boolean {
  return systemCode(error) === "ENOENT";
}

const explanations: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a directory, expected a file",
  ENOTDIR: "a part of its path is a file, expected a directory",
  ELOOP: "it is a symbolic link that leads back to itself",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open on this machine",
  EIO: "the disk reports an error",
  ENAMETOOLONG: "its path is too long",
};

/** Why a file operation failed, in words an operator can act on. */
export function describeFileError(error: unknown): string {
  const code = systemCode(error);
  const words = explanations[code];
  if (words !== undefined) return `${words} (${code})`;
  return error instanceof Error ? error.message : String(error);
}
