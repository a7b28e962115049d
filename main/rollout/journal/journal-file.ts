import { constants } from "node:fs";
import type { open, FileHandle } from "node:fs/promises";
import { BridgeError } from "#contract/envelope";
import { fileSignature } from "../../watch/file-identity";
import { describeFileError } from "../../watch/file-problem";

/** Opens files, as `open` of `node:fs/promises` does; tests give one whose disk fails. */
export type OpenFile = typeof open;

/** The file of a journal open for appending: a line is in it whole and on disk, or not at all. */
export class JournalFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  #end: number;
  /** A line may stand after the end that was never acknowledged. */
  #needsRepair = false;

  private constructor(path: string, handle: FileHandle, end: number) {
    this.#path = path;
    this.#handle = handle;
    this.#end = end;
  }

  /**
   * `end` is where the verified lines end; the `tornBytes` found after it are cut off. Rejects with a `BridgeError`:
   * `unavailable`, or `conflict` when the file grew since it was read.
   */
  static async open(path: string, end: number, tornBytes: number, openFile: OpenFile): Promise<JournalFile> {
    let handle: FileHandle | null = null;
    try {
      handle = await openFile(path, constants.O_RDWR | constants.O_APPEND);
      const file = new JournalFile(path, handle, end + tornBytes);
      await file.#requireUnchanged();
      file.#end = end;
      if (tornBytes > 0) await file.#cutOff();
      return file;
    } catch (error) {
      await handle?.close();
      throw unavailable(path, error);
    }
  }

  /** Writes a line. Rejects with a `BridgeError`: `unavailable` when the disk refused, `conflict` when somebody else wrote. */
  async append(line: Buffer): Promise<void> {
    try {
      if (this.#needsRepair) await this.#cutOff();
      await this.#requireUnchanged();
    } catch (error) {
      throw unavailable(this.#path, error);
    }
    try {
      const { bytesWritten } = await this.#handle.write(line);
      if (bytesWritten < line.length) {
        throw new Error(`only ${bytesWritten} of ${line.length} bytes were written`);
      }
      await this.#handle.sync();
    } catch (error) {
      this.#needsRepair = true;
      // What cannot be cut off now is cut off before the next line, or when the journal is opened again.
      await this.#cutOff().catch(() => undefined);
      throw unavailable(this.#path, error);
    }
    this.#end += line.length;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #cutOff(): Promise<void> {
    this.#needsRepair = true;
    await this.#handle.truncate(this.#end);
    await this.#handle.sync();
    this.#needsRepair = false;
  }

  /** Another writer's line must be neither overwritten nor doubled, and a journal that was moved away not written on. */
  async #requireUnchanged(): Promise<void> {
    const [ours, there] = await Promise.all([this.#handle.stat({ bigint: true }), fileSignature(this.#path)]);
    if (!there.startsWith(`${ours.dev}:${ours.ino}:`)) {
      throw new BridgeError("conflict", `${this.#path} was moved or replaced while it was open.`);
    }
    if (Number(ours.size) !== this.#end) {
      const message = `${this.#path} was written by somebody else: expected ${this.#end} bytes, found ${ours.size}.`;
      throw new BridgeError("conflict", message);
    }
  }
}

function unavailable(path: string, error: unknown): BridgeError {
  if (error instanceof BridgeError) return error;
  return new BridgeError("unavailable", `${path} cannot be written: ${describeFileError(error)}.`);
}
