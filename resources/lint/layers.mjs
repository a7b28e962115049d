import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Lint plugin for the walls between folders. Every specifier is turned into a path of this project
 * (`main/domain/clock`) or left as the package it names (`node:fs`, `react-dom/client`); then it must start
 * with an entry of `allow` and with none of `deny`.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const aliases = new Map([
  ["#contract/", "preload/contract/"],
  ["#domain/", "main/domain/"],
]);

/** @param {string} specifier what an import names; @param {string} filename absolute path of the importing file */
export function projectPath(specifier, filename) {
  if (specifier.startsWith(".")) {
    return relative(root, join(dirname(filename), specifier))
      .split(sep)
      .join("/");
  }
  for (const [alias, folder] of aliases) {
    if (specifier.startsWith(alias)) return folder + specifier.slice(alias.length);
  }
  return specifier;
}

/** @param {string} path; @param {string} entry a package, or a prefix that ends in `/` or `:` */
const matches = (path, entry) =>
  path === entry || path.startsWith(/[/:]$/.test(entry) ? entry : `${entry}/`) || `${path}/` === entry;

const imports = {
  meta: {
    type: "problem",
    docs: { description: "Hold the walls between folders" },
    schema: [
      {
        type: "object",
        properties: {
          allow: { type: "array", items: { type: "string" } },
          deny: { type: "array", items: { type: "string" } },
          reason: { type: "string" },
        },
        required: ["allow", "reason"],
        additionalProperties: false,
      },
    ],
  },
  /** @param {any} context the lint rule context */
  create(context) {
    const { allow, deny = [], reason } = context.options[0];
    /** @param {any} source the literal that names a module, if it is one */
    const check = (source) => {
      if (typeof source?.value !== "string") return;
      const path = projectPath(source.value, context.filename);
      const allowed = allow.some((/** @type {string} */ entry) => matches(path, entry));
      const denied = deny.some((/** @type {string} */ entry) => matches(path, entry));
      if (allowed && !denied) return;
      context.report({ node: source, message: `"${source.value}" may not be imported here: ${reason}` });
    };
    return {
      /** @param {any} node */
      ImportDeclaration: (node) => check(node.source),
      /** @param {any} node */
      ExportNamedDeclaration: (node) => check(node.source),
      /** @param {any} node */
      ExportAllDeclaration: (node) => check(node.source),
      /** @param {any} node */
      ImportExpression: (node) => check(node.source),
      /** @param {any} node */
      TSImportType: (node) => check(node.source ?? node.argument?.literal),
    };
  },
};

export default { meta: { name: "layers" }, rules: { imports } };
