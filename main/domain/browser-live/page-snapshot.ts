import { z } from "zod";

/** The part of a node of Chromium's accessibility tree (`Accessibility.getFullAXTree`) that a snapshot needs. */
export const accessibilityTreeSchema = z.object({
  nodes: z.array(
    z.object({
      ignored: z.boolean(),
      role: z.object({ value: z.unknown() }).optional(),
      name: z.object({ value: z.unknown() }).optional(),
    }),
  ),
});

/** One thing on a page that somebody can use. */
export interface SnapshotElement {
  readonly id: string;
  readonly role: string;
  readonly name: string;
}

const usableRoles: ReadonlySet<string> = new Set([
  "button",
  "checkbox",
  "combobox",
  "link",
  "listbox",
  "menuitem",
  "menuitemcheckbox",
  "menuitemradio",
  "option",
  "radio",
  "searchbox",
  "slider",
  "spinbutton",
  "switch",
  "tab",
  "textbox",
  "treeitem",
]);

/** The usable elements of a page in document order, numbered `e1`, `e2` …, by the role and name the browser gives them. */
export function usableElements(tree: z.infer<typeof accessibilityTreeSchema>): readonly SnapshotElement[] {
  return tree.nodes
    .filter((node) => !node.ignored)
    .map((node) => ({ role: asText(node.role?.value), name: asText(node.name?.value) }))
    .map(({ role, name }) => ({ role: role === "searchBox" ? "searchbox" : role, name }))
    .filter(({ role }) => usableRoles.has(role))
    .map(({ role, name }, index) => ({ id: `e${index + 1}`, role, name }));
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A PNG screenshot (base64) as the SVG picture the executor protocol carries; size in pixels. */
export function screenshotSvg(pngBase64: string, width: number, height: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${pngBase64}"/></svg>`;
}
