import { tmpdir } from "node:os";
import type { RepositoryView } from "#contract/tos/repository";
import { readRepository } from "../../../../main/tos/repository/read-repository";

let known: Promise<RepositoryView> | null = null;

/** What is known of a project that lies in no git repository; git is asked once. */
export function noRepository(): Promise<RepositoryView> {
  known ??= readRepository(tmpdir());
  return known;
}
