import { create } from "zustand";

/** The file as it was read: its text, and the digest a save carries back. */
export interface ReadConfig {
  readonly text: string;
  readonly digest: string;
}

/** An edit of a configuration: what it began from, and what it is now. */
export interface ConfigDraft {
  readonly base: ReadConfig;
  readonly text: string;
  /** An edit that was put aside, to be brought back; null for none. */
  readonly setAside: string | null;
}

/**
 * `clean`: as the file. `edited`: differs from the file it began from, which is the file. `conflict`: the file changed
 * since, and so did the draft; neither may be lost.
 */
export type DraftStanding = "clean" | "edited" | "conflict";

/** How a draft stands to the file as it is now. */
export function draftStanding(draft: ConfigDraft, file: ReadConfig): DraftStanding {
  if (draft.text === file.text) return "clean";
  return draft.base.digest === file.digest ? "edited" : "conflict";
}

/**
 * The draft after the file was read again. One that was not edited follows the file, and so does one that says the same
 * as the file; any other edit stays, with what it began from, until the operator decides.
 */
export function withFile(draft: ConfigDraft | null, file: ReadConfig): ConfigDraft {
  if (draft === null) return { base: file, text: file.text, setAside: null };
  if (draft.text !== draft.base.text && draft.text !== file.text) return draft;
  if (draft.base.digest === file.digest && draft.text === file.text) return draft;
  return { ...draft, base: file, text: file.text };
}

/** The draft that says what the file says; what it said before is put aside. */
export function putBack(draft: ConfigDraft, file: ReadConfig): ConfigDraft {
  return { base: file, text: file.text, setAside: draft.text === file.text ? draft.setAside : draft.text };
}

/** The edit that was put aside, in place of what the draft says now. */
export function broughtBack(draft: ConfigDraft): ConfigDraft {
  return draft.setAside === null ? draft : { ...draft, text: draft.setAside, setAside: null };
}

/**
 * What a text area makes of a text has no carriage returns: they are put back where every line of the file had one.
 */
export function withLineEnds(text: string, like: string): string {
  const plain = text.replaceAll("\r\n", "\n");
  return /\r\n/.test(like) && !/[^\r]\n|^\n/.test(like) ? plain.replaceAll("\n", "\r\n") : plain;
}

/** Edits by project root. They outlive the tab, so that going elsewhere and back loses nothing. */
export const useConfigDrafts = create<{ readonly drafts: Readonly<Record<string, ConfigDraft>> }>(() => ({
  drafts: {},
}));

/** Keeps the edit of a project. */
export function keepDraft(root: string, draft: ConfigDraft): void {
  useConfigDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [root]: draft } }));
}
