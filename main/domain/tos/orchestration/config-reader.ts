import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json";
import { OrchestratorFault, unexpected } from "./fault";
import { isPythonNumber, isTruthy, type PythonNumber } from "./python-values";

/** Where the configuration stands, for messages. */
export const configFile = "config_v0_3.json";

/**
 * Reads the fields of one object of the configuration. A missing key takes the reference's default; a value the
 * reference would die of, now or later in the run, throws `OrchestratorFault` with the field's path.
 */
export class ConfigReader {
  readonly #object: JsonObject;
  readonly #path: string;

  /** `path` is that of the object, "" for the document. */
  constructor(value: Json, path: string) {
    if (!isJsonObject(value)) throw unexpected(configFile, path, "an object", value);
    this.#object = value;
    this.#path = path;
  }

  /** The value as it stands; undefined when the key is missing. */
  raw(key: string): Json | undefined {
    return this.#object.get(key);
  }

  has(key: string): boolean {
    return this.#object.has(key);
  }

  object(key: string): ConfigReader {
    return new ConfigReader(this.raw(key) ?? (this.has(key) ? null : new Map()), this.#field(key));
  }

  text(key: string, fallback?: string): string {
    return this.#read(key, "a text", fallback, (value) => (typeof value === "string" ? value : null));
  }

  /** A path that may be left out: whatever is empty, zero or null means none. */
  optionalPath(key: string): string {
    const value = this.raw(key);
    return value === undefined || !isTruthy(value) ? "" : this.text(key);
  }

  truth(key: string, fallback: boolean): boolean {
    const value = this.raw(key);
    return value === undefined ? fallback : isTruthy(value);
  }

  wholeNumber(key: string, fallback: number): number {
    return this.#read(key, "a whole number", fallback, (value) => (typeof value === "number" ? value : null));
  }

  number(key: string, fallback: number): PythonNumber {
    return this.#read<PythonNumber>(key, "a number", fallback, (value) =>
      isPythonNumber(value) ? value : null,
    );
  }

  texts(key: string, fallback: readonly string[]): readonly string[] {
    return this.#read(key, "a list of texts", fallback, (value) => {
      if (!isJsonArray(value)) return null;
      return value.map((item, index) => {
        if (typeof item === "string") return item;
        throw unexpected(configFile, `${this.#field(key)}[${index}]`, "a text", item);
      });
    });
  }

  #read<Value>(
    key: string,
    expected: string,
    fallback: Value | undefined,
    accept: (value: Json) => Value | null,
  ): Value {
    const value = this.raw(key);
    if (value === undefined && fallback !== undefined) return fallback;
    const accepted = value === undefined ? null : accept(value);
    if (accepted !== null) return accepted;
    if (value !== undefined) throw unexpected(configFile, this.#field(key), expected, value);
    throw new OrchestratorFault(
      configFile,
      this.#field(key),
      `expected ${expected}, which is required, found nothing`,
    );
  }

  #field(key: string): string {
    return this.#path === "" ? key : `${this.#path}.${key}`;
  }
}
