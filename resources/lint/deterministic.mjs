/**
 * Lint plugin for the pure folders: time, randomness and identity must come in as arguments, or a replay
 * of the same data would decide differently. `new Date(milliseconds)` stays allowed, because it only formats.
 */

const ambientMembers = new Map([
  ["Date", new Set(["now"])],
  ["Math", new Set(["random"])],
  ["crypto", new Set(["randomUUID", "getRandomValues"])],
  ["performance", new Set(["now", "timeOrigin"])],
]);

/** @param {any} node an expression; returns the global's name for `Date` and for `globalThis.Date` */
function globalName(node) {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression" && globalName(node.object) === "globalThis") return memberName(node);
  return undefined;
}

/** @param {any} node a member expression; returns its property's name when it is written out */
function memberName(node) {
  if (!node.computed) return node.property.name;
  return node.property.type === "Literal" ? node.property.value : undefined;
}

const noAmbientInput = {
  meta: { type: "problem", docs: { description: "Forbid ambient time, randomness and identity" } },
  /** @param {any} context the lint rule context */
  create(context) {
    /** @param {any} node where; @param {string} what which ambient input is read */
    const report = (node, what) =>
      context.report({
        node,
        message: `${what} is ambient: take the time or the identifier as an argument.`,
      });
    return {
      /** @param {any} node */
      MemberExpression(node) {
        const object = globalName(node.object);
        const member = memberName(node);
        if (ambientMembers.get(object)?.has(member)) report(node, `${object}.${member}`);
      },
      /** @param {any} node */
      NewExpression(node) {
        if (globalName(node.callee) === "Date" && node.arguments.length === 0) report(node, "new Date()");
      },
      /** @param {any} node */
      CallExpression(node) {
        if (globalName(node.callee) === "Date") report(node, "Date()");
      },
    };
  },
};

export default { meta: { name: "deterministic" }, rules: { "no-ambient-input": noAmbientInput } };
