import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of the checkout this file belongs to. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

/** @param {...string} parts path below the checkout; returns it absolute */
export const projectFile = (...parts) => join(projectRoot, ...parts);
